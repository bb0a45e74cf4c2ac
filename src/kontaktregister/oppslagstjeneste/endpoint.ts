// The lookup service as it is served, in both versions.

import { schemasOf } from '../../schema/validate.ts';
import { createWsSecurity } from '../../security/protection.ts';
import { rightsIn } from '../register/organisations.ts';
import type { ListedService } from '../service.ts';
import { withDelegation } from './caller.ts';
import { createPrintCertificate } from './print-certificate.ts';
import { oppslagstjeneste1405, oppslagstjeneste1602 } from './service.ts';

export const lookups: readonly ListedService[] = [oppslagstjeneste1602, oppslagstjeneste1405].map(
  ({ description, serve }) => ({
    description,
    serve: ({ settings, engine, now, clientOf, security, profileOf, soap }) => {
      const print = createPrintCertificate(settings, clientOf);
      const service = serve({ rights: rightsIn(engine), print, now });
      const [header] = service.headers;
      return soap({
        service,
        schema: schemasOf(service),
        limits: settings.limits,
        protection: withDelegation(
          createWsSecurity(() => profileOf(service), service.headers, security),
          header,
        ),
      });
    },
  }),
);
