// Step 6, part two: whether every certificate of a chain may stand where it stands. From the leaf to the anchor.

import type { Problem } from '../../kernel/problem.ts';
import { type SecurityProblem, securityProblem } from '../problems.ts';
import type { Certificate } from './certificate.ts';
import { weaknessOf } from './certificate-algorithms.ts';
import { judgeNames } from './name-constraints.ts';
import type { Revocations, Span } from './revocation.ts';

/** A chain from leaf to anchor, and the span of time in which the verdict on it holds. */
export interface TrustedChain extends Span {
  readonly chain: readonly Certificate[];
}

/** What is wrong with a chain; the place counts from the leaf, nought. */
export interface BrokenChain {
  readonly problem: Problem<SecurityProblem>;
  readonly place: number;
}

export interface Demands {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The shortest RSA key an authority may have. */
  readonly minimumKeyBits: number;
}

type Refusal = Problem<SecurityProblem>;
const day = (instant: number): string => new Date(instant).toISOString();

const judgeValidity = ({ subject, notBefore, notAfter }: Certificate, now: number): Refusal | undefined => {
  if (now >= notBefore && now <= notAfter) return undefined;
  const early = now < notBefore;
  return securityProblem(early ? 'security.certificate-not-yet-valid' : 'security.certificate-expired', {
    check: `validity of the certificate ${subject}`,
    expected: `valid at the emulator’s clock, ${day(now)}`,
    found: `valid from ${day(notBefore)} to ${day(notAfter)}`,
    rule: 'RFC 5280 §6.1.3; contract: certificates',
    remedy: early
      ? 'wait, or move the emulator’s clock (PUT /_emulator/clock with "of": "security")'
      : 'use a certificate that has not expired',
  });
};

const judgeScheme = ({ scheme, subject }: Certificate): Refusal | undefined =>
  scheme.hash
    ? undefined
    : securityProblem('security.certificate-untrusted', {
        check: `signature on the certificate ${subject}`,
        expected: 'RSA or ECDSA with SHA-256, SHA-384 or SHA-512',
        found: scheme.name,
        rule: 'RFC 6194 §2 (SHA-1), RFC 6151 §2 (MD5); contract: certificates, sha256',
        remedy: 'use a certificate that its authority signed with SHA-256',
        kind: 'certificate-scheme',
        basis: 'assumed',
      });

const judgeIssuer = (issuer: Certificate, below: number): Refusal | undefined => {
  const found = !issuer.ca
    ? 'no CA (basicConstraints)'
    : issuer.keyUsage && !issuer.keyUsage.includes('keyCertSign')
      ? 'key usage without keyCertSign'
      : issuer.pathLength !== undefined && below > issuer.pathLength
        ? `path length ${issuer.pathLength}, ${below} CA certificates below it`
        : issuer.unknownCritical.length > 0
          ? `unknown critical extension ${issuer.unknownCritical.join(', ')}`
          : undefined;
  if (!found) return undefined;
  return securityProblem('security.certificate-untrusted', {
    check: `right of ${issuer.subject} to issue certificates`,
    expected: 'a CA certificate with keyCertSign whose path length allows the chain',
    found,
    rule: 'RFC 5280 §6.1.4',
    remedy: 'use a certificate from a proper test CA',
    kind: 'not-permitted',
  });
};

const CURVES: readonly string[] = ['prime256v1', 'secp384r1', 'secp521r1'];

/** Why a key is too weak; undefined when it is not. Kinds that no signature scheme knows were refused before. */
const weakness = ({ publicKey }: Certificate, minimumKeyBits: number): string | undefined => {
  const { namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  if (namedCurve !== undefined && !CURVES.includes(namedCurve)) return `curve ${namedCurve}`;
  return weaknessOf(publicKey, minimumKeyBits);
};

const judgeAuthorityKey = (issuer: Certificate, minimumKeyBits: number): Refusal | undefined => {
  const found = weakness(issuer, minimumKeyBits);
  if (!found) return undefined;
  return securityProblem('security.authority-key', {
    check: `key of the authority ${issuer.subject}`,
    expected: `RSA of at least ${minimumKeyBits} bits, or EC on P-256, P-384 or P-521`,
    found,
    rule: 'contract: certificates, RSA-2048',
    remedy: 'use a certificate from a test CA with a longer key',
    basis: 'assumed',
  });
};

const isSelfIssued = ({ subjectDer, issuerDer }: Certificate): boolean => subjectDer.equals(issuerDer);

/**
 * Judges a chain whose signatures are known to hold. The anchor is judged too, but for the signature on it: it is
 * trusted because the configuration says so.
 */
export const judgeChain = (
  chain: readonly Certificate[],
  revocations: Revocations,
  { now, minimumKeyBits }: Demands,
): TrustedChain | BrokenChain => {
  const anchor = chain.at(-1);
  let from = Number.NEGATIVE_INFINITY;
  let until = Number.POSITIVE_INFINITY;
  // RFC 5280 §6.1.4 (l): certificates that an authority gave to itself do not count for the path length.
  let below = 0;
  for (const [place, certificate] of chain.entries()) {
    const issuer = chain[place + 1];
    const problem =
      judgeValidity(certificate, now) ??
      (issuer
        ? (judgeScheme(certificate) ??
          judgeIssuer(issuer, below) ??
          judgeAuthorityKey(issuer, minimumKeyBits) ??
          judgeNames(certificate, chain.slice(place + 1), place === 0))
        : undefined);
    if (problem) return { problem, place };
    const revocation = issuer && anchor && revocations.judge(certificate, issuer, anchor, now);
    if (revocation && 'problem' in revocation) return { problem: revocation, place };
    from = Math.max(from, certificate.notBefore, revocation?.from ?? from);
    until = Math.min(until, certificate.notAfter, revocation?.until ?? until);
    if (issuer && !isSelfIssued(issuer)) below += 1;
  }
  return { chain, from, until };
};
