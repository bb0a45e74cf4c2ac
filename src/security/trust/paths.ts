// The chains that lead from a certificate to trust anchors, and why there is none.

import type { SecurityKind } from '../problems.ts';
import type { Certificate } from './certificate.ts';
import { serialKey } from './serial-number.ts';

/**
 * How many authorities are looked at for one leaf. Chains may be of any length and authorities may certify each other
 * crosswise; this keeps a tangle of them from occupying the emulator.
 */
const MAX_STEPS = 5000;

const isSelfSigned = (certificate: Certificate): boolean =>
  certificate.issuerDer.equals(certificate.subjectDer) && isSignedBy(certificate, certificate);

const isSignedBy = (certificate: Certificate, issuer: Certificate): boolean => {
  try {
    return certificate.x509.verify(issuer.publicKey);
  } catch {
    // A key of a kind that cannot have made this signature.
    return false;
  }
};

/** RFC 5280 §4.2.1.1: whether the key identifiers agree, where both certificates have one. */
const namesKey = ({ authorityKey: { keyIdentifier } }: Certificate, issuer: Certificate): boolean =>
  !keyIdentifier || !issuer.keyIdentifier || keyIdentifier === issuer.keyIdentifier;

const isIssuedBy = (certificate: Certificate, issuer: Certificate): boolean =>
  issuer.subjectDer.equals(certificate.issuerDer) &&
  namesKey(certificate, issuer) &&
  isSignedBy(certificate, issuer);

/** Among several certificates of the same key, the one that the authorityKeyIdentifier names comes first. */
const namedFirst = (
  { authorityKey: { serialNumber } }: Certificate,
  issuers: Certificate[],
): Certificate[] =>
  serialNumber === undefined
    ? issuers
    : issuers.toSorted(
        (a, b) =>
          Number(serialKey(b.serialNumber) === serialKey(serialNumber)) -
          Number(serialKey(a.serialNumber) === serialKey(serialNumber)),
      );

const isSameAuthority = (one: Certificate, other: Certificate): boolean =>
  one.subjectDer.equals(other.subjectDer) && one.publicKey.equals(other.publicKey);

/** A chain that is not at its anchor yet, and who may come next. */
interface Unfinished {
  readonly chain: readonly Certificate[];
  readonly above: readonly Certificate[];
}

export interface Paths {
  readonly anchors: readonly Certificate[];
  /** All chains from a certificate to anchors, the shortest first; no key of a name twice in one of them. */
  from(certificate: Certificate): Generator<readonly Certificate[]>;
}

/** @param authorities self-signed ones are anchors; others are anchors where their issuer is not among them */
export const createPaths = (authorities: readonly Certificate[]): Paths => {
  const issuersOf = (certificate: Certificate): Certificate[] =>
    namedFirst(
      certificate,
      authorities.filter((candidate) => isIssuedBy(certificate, candidate)),
    );
  const issuers = new Map(authorities.map((one) => [one, isSelfSigned(one) ? [] : issuersOf(one)]));
  const anchors = authorities.filter((one) => issuers.get(one)?.length === 0);
  const from = function* (certificate: Certificate): Generator<readonly Certificate[]> {
    if (anchors.some(({ der }) => der.equals(certificate.der))) {
      yield [certificate];
      return;
    }
    const unfinished: Unfinished[] = [
      { chain: [certificate], above: issuers.get(certificate) ?? issuersOf(certificate) },
    ];
    let steps = 0;
    for (const { chain, above } of unfinished) {
      for (const issuer of above) {
        steps += 1;
        if (steps > MAX_STEPS) return;
        if (chain.some((one) => isSameAuthority(one, issuer))) continue;
        const longer = [...chain, issuer];
        const next = issuers.get(issuer) ?? [];
        if (next.length === 0) yield longer;
        else unfinished.push({ chain: longer, above: next });
      }
    }
  };
  return { anchors, from };
};

/** Why no chain leads from a certificate to an anchor. */
export interface Unknown {
  readonly kind: Extract<
    SecurityKind,
    'self-signed' | 'issuer-unknown' | 'issuer-of-other-key' | 'issuer-untrusted'
  >;
  readonly found: string;
}

export const whyUnknown = (leaf: Certificate, authorities: readonly Certificate[]): Unknown => {
  if (isSelfSigned(leaf))
    return { kind: 'self-signed', found: `${leaf.subject} is self-signed and no trust anchor` };
  const namesakes = authorities.filter(({ subjectDer }) => subjectDer.equals(leaf.issuerDer));
  if (namesakes.length === 0)
    return { kind: 'issuer-unknown', found: `the issuer ${leaf.issuer} is not known` };
  const signers = namesakes.filter((one) => isSignedBy(leaf, one));
  if (signers.length === 0)
    return {
      kind: 'issuer-of-other-key',
      found: `not signed with the key of the ${leaf.issuer} that is known`,
    };
  return signers.some((one) => namesKey(leaf, one))
    ? { kind: 'issuer-untrusted', found: `the chain of ${leaf.issuer} ends at no anchor` }
    : {
        kind: 'issuer-of-other-key',
        found: `its authorityKeyIdentifier names another key than that of ${leaf.issuer}`,
      };
};
