// Danish certificates: function certificates (FOCES) of two generations, judged as a client's in the TLS handshake.

import type { CertificateReading } from '../contract/certificates.ts';
import { createAuthenticator, danishIdentity } from './caller.ts';

export const certificates: CertificateReading = {
  family: 'OCES',
  policies: {},
  identityOf: (certificate) => {
    const identity = danishIdentity(certificate);
    if (!identity) return undefined;
    const { cvr, userIdentifier } = identity;
    const third = userIdentifier.includes('-UUID:');
    return {
      number: cvr,
      place: third ? 'organizationIdentifier' : 'serialNumber',
      generation: third ? 'OCES 3' : 'OCES 2',
      facts: { UserIdentifier: `${userIdentifier} (of a system, user type 3)` },
    };
  },
  judge: ({ der }, trust, now) => {
    const holder = createAuthenticator(trust, () => now).identify(der);
    const by = 'Denmark, mutual TLS';
    return 'explanation' in holder
      ? [{ by, accepted: false, problem: String(holder.code), explanation: holder.explanation }]
      : [{ by, accepted: true }];
  },
  tryWith: 'reminder.GetPersonContactData',
};
