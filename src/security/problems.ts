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

export type Reason = Omit<Explanation, 'basis'> & Partial<Pick<Explanation, 'basis'>>;

export const securityProblem = (code: SecurityProblem, reason: Reason): Problem<SecurityProblem> => ({
  problem: code,
  explanation: { basis: 'documented', ...reason },
});
