// Whether the caller can decrypt what is encrypted to it: the certificate that signs a request is the one that answers go to.

import type { Warning } from '../../kernel/problem.ts';
import type { AnswerProtection } from '../profiles/profile.ts';
import type { Certificate } from '../trust/certificate.ts';

/**
 * A warning where the certificate says that its key decrypts nothing: the answer is encrypted to it all the same.
 *
 * @param signer undefined: the request is not signed, and its answer not encrypted
 */
export const warnOfRecipient = (
  { signed, encryption }: AnswerProtection,
  signer: Certificate | undefined,
): Warning[] => {
  const usage = signer?.keyUsage;
  if (!signed || !encryption || !usage || usage.includes('keyEncipherment')) return [];
  return [
    {
      problem: 'answer.recipient',
      explanation: {
        check: `key usage of the certificate that the answer is encrypted to, ${signer.subject}`,
        expected: 'keyEncipherment beside digitalSignature, or no keyUsage',
        found: usage.join(', '),
        rule: 'RFC 5280 §4.2.1.3; contract: one certificate signs the request and decrypts the response',
        remedy:
          'sign with a certificate whose key may decrypt too; until then --answer-encryption off leaves answers readable',
        basis: 'documented',
      },
    },
  ];
};
