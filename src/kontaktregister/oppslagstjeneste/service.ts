// The lookup service in its two versions: the operations in the WSDL's order, and how they are served.

import type { Service } from '../../contract/operation.ts';
import type { ServiceDescription } from '../../soap/service.ts';
import { element } from '../../xml/writer.ts';
import { BLOCK, FIELD, type LookupCaller } from './caller.ts';
import { faces } from './faces.ts';
import type { LookupProblem, Surroundings } from './operation.ts';
import { hentEndringer } from './operations/hent-endringer.ts';
import { hentPersoner } from './operations/hent-personer.ts';
import { hentPrintSertifikat } from './operations/hent-print-sertifikat.ts';
import { type Version, version1405, version1602 } from './version.ts';

/** A thousand person numbers are 110 KiB; a signature and a long certificate chain go along. */
const LARGEST_BODY = 512 * 1024;

type Own = Pick<ServiceDescription, 'name' | 'paths'> & Partial<ServiceDescription>;

const delegation = ({ messages }: Version): Partial<ServiceDescription> => ({
  headers: [{ namespace: messages.uri, name: BLOCK }],
  headerFields: [FIELD],
  composeHeaders: ({ [FIELD]: organisation }) =>
    organisation === undefined
      ? []
      : [element(messages, BLOCK, [], element(messages, FIELD, [], organisation))],
});

const create = (version: Version, own: Own) => {
  const operations = [hentEndringer, hentPersoner, hentPrintSertifikat].map((describe) => describe(version));
  const description: ServiceDescription = {
    title: `oppslagstjeneste ${version.name}`,
    version: version.soap,
    wsdl: `oppslagstjeneste-${version.name}.wsdl`,
    schemas: Object.fromEntries(
      ['ws', 'metadata'].map((part) => {
        const file = `oppslagstjeneste-${part}-${version.name}.xsd`;
        return [file, `kontaktregister/${file}`];
      }),
    ),
    synonyms: {},
    encryptedAnswers: true,
    compressedAnswers: true,
    largestBody: LARGEST_BODY,
    headers: [],
    ...(version.delegation ? delegation(version) : {}),
    operations: operations.map(({ description: described }) => described),
    ...own,
  };
  return {
    description,
    /** The service with a register behind it. */
    serve: (surroundings: Surroundings): Service<LookupCaller, LookupProblem> => ({
      ...description,
      faces,
      operations: operations.map(({ over }) => over(surroundings)),
    }),
  };
};

export const oppslagstjeneste1602 = create(version1602, {
  name: 'oppslagstjeneste',
  paths: ['/kontaktinfo-external/ws-v5'],
});

export const oppslagstjeneste1405 = create(version1405, {
  name: 'oppslagstjeneste-14-05',
  paths: ['/ws-v3', '/kontaktinfo-external/ws-v4'],
  profile: '14-05',
});
