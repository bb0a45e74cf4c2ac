// Whether a certificate is fit to sign messages, by itself: its key, its use, its policy, its organisation number.

import type { Problem } from '../../kernel/problem.ts';
import { type SecurityProblem, securityProblem } from '../problems.ts';
import type { Profile } from '../profiles/profile.ts';
import type { Certificate } from './certificate.ts';
import { weaknessOf } from './certificate-algorithms.ts';
import { whyNoOrganisation } from './subject.ts';
import { MINIMUM_KEY_BITS } from './trust.ts';

type Refusal = Problem<SecurityProblem>;
/**
 * Whether the key and the extensions allow the certificate to sign messages at all.
 *
 * @param minimumKeyBits the shortest RSA key
 */
export const judgeFitness = (
  certificate: Certificate,
  minimumKeyBits = MINIMUM_KEY_BITS,
): Refusal | undefined => {
  const { publicKey, keyUsage, ca, unknownCritical, subject } = certificate;
  if (publicKey.asymmetricKeyType !== 'rsa') {
    return securityProblem('security.certificate-algorithm', {
      check: `key of the certificate ${subject}`,
      expected: 'RSA',
      found: publicKey.asymmetricKeyType ?? 'unknown',
      rule: 'contract: rsa-sha256',
      remedy: 'use a certificate with an RSA key',
    });
  }
  const weakness = weaknessOf(publicKey, minimumKeyBits);
  if (weakness) {
    return securityProblem('security.certificate-key', {
      check: `key of the certificate ${subject}`,
      expected: `RSA of at least ${minimumKeyBits} bits, with an odd exponent from 3`,
      found: weakness,
      rule: 'contract: certificates, RSA-2048',
      remedy: 'use a certificate with a sound key, long enough',
    });
  }
  const found = ca
    ? 'a CA certificate'
    : keyUsage && !keyUsage.includes('digitalSignature')
      ? `key usage ${keyUsage.join(', ')}`
      : unknownCritical.length > 0
        ? `unknown critical extension ${unknownCritical.join(', ')}`
        : undefined;
  if (!found) return undefined;
  return securityProblem('security.certificate-usage', {
    check: `use of the certificate ${subject}`,
    expected: 'an end certificate with digitalSignature and no unknown critical extension',
    found,
    rule: 'RFC 5280 §4.2.1.3, §4.2.1.9; contract: certificates',
    remedy:
      'use the organisation’s certificate for authentication and signing, not its encryption or CA certificate',
  });
};

export const missingOrganisation = (certificate: Certificate): Refusal =>
  securityProblem('security.certificate-organisation', {
    check: 'organisation number in the certificate',
    expected:
      'nine digits in 2.5.4.97 (NTRNO-…); where there is none, in serialNumber, else as CN; each once',
    found: whyNoOrganisation(certificate.attributes) ?? certificate.subject,
    rule: 'contract: certificates',
    remedy: 'use an organisation certificate (virksomhetssertifikat)',
    basis: 'observed',
  });

/** Whether the certificate carries a policy that the profile asks for. */
export const judgePolicy = (certificate: Certificate, profile: Profile): Refusal | undefined => {
  const { policies } = profile;
  if (policies.length === 0 || certificate.policies.some((policy) => policies.includes(policy)))
    return undefined;
  return securityProblem('security.certificate-policy', {
    check: `policy of the certificate ${certificate.subject}`,
    expected: policies.join(' or '),
    found: certificate.policies.join(', ') || 'none',
    rule: `profile ${profile.name}; contract: certificates`,
    remedy: 'use an organisation certificate (virksomhetssertifikat), not a person’s or a server’s',
  });
};
