// Norwegian certificates: enterprise certificates of two generations, judged as the signer of a message.

import type { CertificateJudgement, CertificateReading } from '../contract/certificates.ts';
import { isProblem } from '../kernel/problem.ts';
import { profiles } from '../security/profiles/profiles.ts';
import { judgeSigner } from '../security/signer.ts';
import type { Certificate } from '../security/trust/certificate.ts';
import { judgePolicy } from '../security/trust/fitness.ts';
import type { TrustStore } from '../security/trust/trust.ts';

/** The profiles that certificates are judged by: what was observed, and what the documents ask for. */
const JUDGES = ['observed', 'strict'] as const;

const asSigner = (
  certificate: Certificate,
  name: (typeof JUDGES)[number],
  trust: TrustStore,
  now: number,
): CertificateJudgement => {
  const profile = profiles[name];
  const verdict = judgeSigner(certificate, trust, now, profile.minimumKeyBits);
  const refusal = isProblem(verdict) ? verdict : judgePolicy(certificate, profile);
  const by = `Norway, profile ${name}`;
  return refusal
    ? { by, accepted: false, problem: refusal.problem, explanation: refusal.explanation }
    : { by, accepted: true };
};

export const certificates: CertificateReading = {
  family: 'SEID',
  policies: {
    '2.16.578.1.26.1.0.3.2': 'Buypass organisation certificate, test (SEID v1)',
    '2.16.578.1.26.1.3.2': 'Buypass organisation certificate',
    '2.16.578.1.29.913.1.1.0': 'Commfides organisation certificate, test',
  },
  identityOf: ({ organisation }) =>
    organisation && {
      number: organisation.number,
      place: organisation.attribute,
      generation: organisation.attribute === 'organizationIdentifier' ? 'SEID v2' : 'SEID v1',
    },
  judge: (certificate, trust, now) => JUDGES.map((name) => asSigner(certificate, name, trust, now)),
  tryWith: 'postkasseleverandoer.OpprettOgVelgSikkerDigitalPostkasse',
};
