// What WS-Security can refuse. Each code is one fault of WSS 1.1 §12: exchange/faces.ts says which.

import type { Explanation, Problem } from '../kernel/problem.ts';

export type SecurityProblem =
  | 'security.header-missing'
  | 'security.header-duplicate'
  | 'security.header-content'
  | 'security.timestamp-missing'
  | 'security.timestamp-form'
  | 'security.timestamp-expired'
  | 'security.timestamp-future'
  | 'security.timestamp-lifetime'
  | 'security.token-missing'
  | 'security.token-unsupported'
  | 'security.token-unreadable'
  | 'security.token-reference'
  | 'security.token-unavailable'
  | 'security.signature-missing'
  | 'security.signature-form'
  | 'security.algorithm'
  | 'security.algorithm-form'
  | 'security.id-duplicate'
  | 'security.reference-unresolved'
  | 'security.coverage'
  | 'security.digest'
  | 'security.signature-value'
  | 'security.canonicalization'
  | 'security.replay'
  | 'security.decryption'
  | 'security.confirmation'
  | 'security.certificate-untrusted'
  | 'security.certificate-expired'
  | 'security.certificate-not-yet-valid'
  | 'security.certificate-revoked'
  | 'security.certificate-crl'
  | 'security.certificate-usage'
  | 'security.certificate-policy'
  | 'security.certificate-key'
  | 'security.certificate-algorithm'
  | 'security.authority-key'
  | 'security.certificate-organisation';

/** What one code stands for that explanations tell apart. */
export type SecurityKind =
  /** The name is right, its namespace is not. */
  | 'misnamed'
  /** The Id stands in an attribute that is no Id. */
  | 'stray-id'
  /** The reference is none by an Id. */
  | 'no-id-reference'
  /** What it is, is not written, or not as the whole URI. */
  | 'type-not-written'
  /** KeyInfo names a certificate that the message does not carry. */
  | 'only-named'
  | 'expires-before-created'
  | 'self-signed'
  | 'issuer-unknown'
  /** The issuer is known by name, and has another key. */
  | 'issuer-of-other-key'
  /** The issuer is known, and nobody that it leads to is trusted. */
  | 'issuer-untrusted'
  | 'certificate-scheme'
  /** An authority may not issue it, or not by these names. */
  | 'not-permitted';

export type Reason = Omit<Explanation, 'basis' | 'kind'> &
  Partial<Pick<Explanation, 'basis'>> & { readonly kind?: SecurityKind };

export const securityProblem = (code: SecurityProblem, reason: Reason): Problem<SecurityProblem> => ({
  problem: code,
  explanation: { basis: 'documented', ...reason },
});
