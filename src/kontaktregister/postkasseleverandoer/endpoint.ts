// The mailbox providers' service as it is served.

import { schemasOf } from '../../schema/validate.ts';
import { createWsSecurity } from '../../security/protection.ts';
import { createCertificateCheck } from '../../security/trust/mailbox-certificate.ts';
import { rightsIn } from '../register/organisations.ts';
import type { ListedService } from '../service.ts';
import { postkasseleverandoer, servePostkasseleverandoer } from './service.ts';

export const mailboxes: ListedService = {
  description: postkasseleverandoer,
  serve: ({ settings, engine, now, clock, trust, security, profileOf, soap }) => {
    const { displace, mailboxCertificate, limits } = settings;
    const service = servePostkasseleverandoer({
      rights: rightsIn(engine),
      displace,
      faultOfCertificate: createCertificateCheck(trust, mailboxCertificate, () => clock.now('security')),
      now,
    });
    return soap({
      service,
      schema: schemasOf(service),
      limits,
      protection: createWsSecurity(() => profileOf(service), service.headers, security),
    });
  },
};
