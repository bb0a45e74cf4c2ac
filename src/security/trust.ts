// Step 6: whether a certificate leads to a trust anchor, at the clock's time. Knows nothing of messages.

import type { Problem } from '../kernel/problem.ts';
import { type Certificate, readPem } from './certificate.ts';
import { type Reason, type SecurityProblem, securityProblem, type WssFault } from './problems.ts';
import { type RevocationList, readRevocationList, serialKey } from './revocation.ts';

/** The longest chain that is looked for, leaf and anchor counted. */
const MAX_CHAIN = 8;

/** A chain from leaf to anchor, and the span of time in which the verdict on it holds (milliseconds since 1970). */
export interface TrustedChain {
  readonly chain: readonly Certificate[];
  readonly from: number;
  readonly until: number;
}

export interface TrustStore {
  readonly anchors: readonly Certificate[];
  /** Judges a certificate; the verdict may be kept as long as its span holds. */
  judge(leaf: Certificate, now: number): TrustedChain | Problem<SecurityProblem>;
}

const refuse = (code: SecurityProblem, fault: WssFault, reason: Reason): Problem<SecurityProblem> =>
  securityProblem(code, fault, reason);

const day = (instant: number): string => new Date(instant).toISOString();

const judgeValidity = (certificate: Certificate, now: number): Problem<SecurityProblem> | undefined => {
  const { subject, notBefore, notAfter } = certificate;
  if (now >= notBefore && now <= notAfter) return undefined;
  const early = now < notBefore;
  return refuse(
    early ? 'security.certificate-not-yet-valid' : 'security.certificate-expired',
    'FailedAuthentication',
    {
      check: `validity of the certificate ${subject}`,
      expected: `valid at the emulator’s clock, ${day(now)}`,
      found: `valid from ${day(notBefore)} to ${day(notAfter)}`,
      rule: 'RFC 5280 §6.1.3; contract: certificates',
      remedy: early
        ? 'wait, or move the emulator’s clock (PUT /_emulator/clock with "of": "security")'
        : 'sign with a certificate that has not expired',
    },
  );
};

const judgeIssuer = (issuer: Certificate, below: number): Problem<SecurityProblem> | undefined => {
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
  return refuse('security.certificate-untrusted', 'FailedAuthentication', {
    check: `right of ${issuer.subject} to issue certificates`,
    expected: 'a CA certificate with keyCertSign whose path length allows the chain',
    found,
    rule: 'RFC 5280 §6.1.4',
    remedy: 'use a certificate from a proper test CA',
  });
};

const judgeRevocation = (
  certificate: Certificate,
  list: RevocationList,
  now: number,
): Problem<SecurityProblem> | undefined => {
  if (list.revoked.has(serialKey(certificate.serialNumber))) {
    return refuse('security.certificate-revoked', 'FailedAuthentication', {
      check: `revocation of the certificate ${certificate.subject}`,
      expected: 'not on the revocation list of its issuer',
      found: `serial number ${certificate.serialNumber} is on it`,
      rule: 'RFC 5280 §6.3',
      remedy: 'sign with a certificate that has not been revoked',
    });
  }
  if (now <= list.nextUpdate) return undefined;
  return refuse('security.certificate-crl', 'FailedAuthentication', {
    check: `age of the revocation list of ${certificate.issuer}`,
    expected: `a list that is current at ${day(now)}`,
    found: `next update was due ${day(list.nextUpdate)}`,
    rule: 'RFC 5280 §6.3.3',
    remedy: 'give the emulator a current list, or move its clock back',
  });
};

const untrusted = (
  leaf: Certificate,
  last: Certificate,
  anchors: readonly Certificate[],
): Problem<SecurityProblem> =>
  refuse('security.certificate-untrusted', 'FailedAuthentication', {
    check: `chain of the certificate ${leaf.subject}`,
    expected: `a chain to one of: ${anchors.map(({ subject }) => subject).join(' | ')}`,
    found: last.issuerDer.equals(last.subjectDer)
      ? `${last.subject} is self-signed and no trust anchor`
      : `the issuer ${last.issuer} is not known`,
    rule: 'RFC 5280 §6.1; contract: certificates',
    remedy:
      'sign with a client of the emulator’s PKI (pki/clients), or trust your CA with --trust <file or folder>',
  });

/**
 * Builds a trust store.
 *
 * @param pem CA certificates, PEM. Self-signed ones are anchors; others are anchors where their issuer is not given.
 * @param crls revocation lists, DER; one whose issuer is not given is never used
 * @throws Error naming the entry that is no certificate or list
 */
export const createTrustStore = (pem: readonly string[], crls: readonly Buffer[]): TrustStore => {
  const authorities = pem.flatMap((text) =>
    readPem(text).map((certificate) => {
      if (!certificate) throw new Error('a trusted certificate cannot be read');
      return certificate;
    }),
  );
  const lists = crls.map((der) => {
    const list = readRevocationList(der);
    if (!list) throw new Error('a revocation list cannot be read');
    return list;
  });
  const issuersOf = (certificate: Certificate): Certificate[] =>
    authorities.filter(
      (candidate) =>
        candidate.subjectDer.equals(certificate.issuerDer) && certificate.x509.verify(candidate.publicKey),
    );
  const isSelfSigned = (certificate: Certificate): boolean =>
    certificate.issuerDer.equals(certificate.subjectDer);
  const anchors = authorities.filter((one) => isSelfSigned(one) || issuersOf(one).length === 0);
  const listsFor = new Map(
    authorities.map((issuer) => [
      issuer,
      lists.find((list) => list.issuerDer.equals(issuer.subjectDer) && list.signedBy(issuer)),
    ]),
  );

  const judge = (leaf: Certificate, now: number): TrustedChain | Problem<SecurityProblem> => {
    const chain: Certificate[] = [leaf];
    let from = leaf.notBefore;
    let until = leaf.notAfter;
    let current = leaf;
    while (!anchors.some((anchor) => anchor.der.equals(current.der))) {
      const issuer = issuersOf(current).find((one) => !chain.includes(one));
      if (!issuer || chain.length >= MAX_CHAIN) return untrusted(leaf, current, anchors);
      const list = listsFor.get(issuer);
      const problem =
        judgeValidity(current, now) ??
        judgeIssuer(issuer, chain.length - 1) ??
        (list ? judgeRevocation(current, list, now) : undefined);
      if (problem) return problem;
      chain.push(issuer);
      from = Math.max(from, issuer.notBefore);
      until = Math.min(until, issuer.notAfter, list?.nextUpdate ?? until);
      current = issuer;
    }
    return judgeValidity(current, now) ?? { chain, from, until };
  };
  return { anchors, judge };
};
