// What WS-Security can refuse, each with the fault code WSS 1.1 §12 gives it.

import type { Explanation, Problem } from '../kernel/problem.ts';
import { wsse } from '../xml/names.ts';

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
  | 'security.signature-missing'
  | 'security.signature-form'
  | 'security.algorithm'
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
  | 'security.certificate-organisation';

/** The fault codes and their texts as WSS 1.1 §12 lists them. */
const FAULTS = {
  UnsupportedSecurityToken: 'An unsupported token was provided',
  UnsupportedAlgorithm: 'An unsupported signature or encryption algorithm was used',
  InvalidSecurity: 'An error was discovered processing the <wsse:Security> header',
  InvalidSecurityToken: 'An invalid security token was provided',
  FailedAuthentication: 'The security token could not be authenticated or authorized',
  FailedCheck: 'The signature or decryption was invalid',
  SecurityTokenUnavailable: 'Referenced security token could not be retrieved',
  MessageExpired: 'The message has expired',
} as const;

export type WssFault = keyof typeof FAULTS;

export type Reason = Omit<Explanation, 'basis'> & Partial<Pick<Explanation, 'basis'>>;

export const securityProblem = (
  code: SecurityProblem,
  fault: WssFault,
  reason: Reason,
): Problem<SecurityProblem> => ({
  problem: code,
  wire: { kind: 'fault', code: { namespace: wsse.uri, name: fault }, text: FAULTS[fault] },
  explanation: { basis: 'documented', ...reason },
});
