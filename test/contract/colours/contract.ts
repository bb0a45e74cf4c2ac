// A contract that the package does not have, made of what every contract is made of.

import type { Contract } from '../../../src/contract/contract.ts';
import { schemasOf } from '../../../src/schema/validate.ts';
import { createWsSecurity } from '../../../src/security/protection.ts';
import type { XmlLimits } from '../../../src/xml/scan.ts';
import { choices, open } from './register.ts';
import { colours, serveColours } from './service.ts';

/** The settings that the contract goes by. */
interface Settings {
  readonly limits: XmlLimits;
}

export const rainbow: Contract<Settings> = {
  country: 'xx',
  name: 'Rainbow',
  services: [colours],
  faces: [],
  security: 'None of it is real.',
  profiled: true,
  firstCall: { target: 'colours.ChooseColour', as: 'digipost' },
  codes: { title: 'codes', list: [] },
  statements: [],
  tables: () => [choices],
  open,
  serve: ({ settings, security, profileOf, soap }) => {
    const service = serveColours();
    const protection = createWsSecurity(() => profileOf(service), service.headers, security);
    const { limits } = settings;
    return { services: [soap({ service, schema: schemasOf(service), limits, protection })], faces: [] };
  },
};
