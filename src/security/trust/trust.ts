// Step 6: whether a certificate leads to a trust anchor, at the clock's time. Knows nothing of messages.

import type { Problem } from '../../kernel/problem.ts';
import { type SecurityProblem, securityProblem } from '../problems.ts';
import { type Certificate, readPem } from './certificate.ts';
import { type BrokenChain, judgeChain, type TrustedChain } from './chain.ts';
import { createRevocations } from './revocation.ts';
import { faultOfList, type RevocationList, readRevocationList } from './revocation-list.ts';
import { serialKey } from './serial-number.ts';

/**
 * How many authorities are looked at for one leaf. Chains may be of any length and authorities may certify each other
 * crosswise; this keeps a tangle of them from occupying the emulator.
 */
const MAX_STEPS = 5000;

/** Where nobody asks for more: the shortest RSA key of an authority or a leaf. */
export const MINIMUM_KEY_BITS = 2048;

export interface TrustStore {
  readonly anchors: readonly Certificate[];
  /** Counts the changes of anchors and lists: what was remembered under another number is worth nothing. */
  readonly revision: number;
  /** The revocation lists that speak of a certificate. */
  lists(leaf: Certificate): readonly RevocationList[];
  /** Judges a certificate; the verdict may be kept as long as its span and the revision hold. */
  judge(leaf: Certificate, now: number, minimumKeyBits?: number): TrustedChain | Problem<SecurityProblem>;
}

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

/** How many anchors an explanation names: enough to see what is trusted, where somebody trusts a whole folder. */
const NAMED = 5;

const namesOf = (anchors: readonly Certificate[]): string => {
  if (anchors.length === 0) return '(no anchor is known)';
  const more = anchors.length > NAMED ? ` | and ${anchors.length - NAMED} more` : '';
  return `${anchors
    .slice(0, NAMED)
    .map(({ subject }) => subject)
    .join(' | ')}${more}`;
};

const untrusted = (
  leaf: Certificate,
  anchors: readonly Certificate[],
  found: string,
): Problem<SecurityProblem> =>
  securityProblem('security.certificate-untrusted', {
    check: `chain of the certificate ${leaf.subject}`,
    expected: `a chain to one of: ${namesOf(anchors)}`,
    found,
    rule: 'RFC 5280 §6.1; contract: certificates',
    remedy:
      'sign with a client of the emulator’s PKI (pki/clients), or trust your CA with --trust <file or folder>',
  });

const readAuthorities = (pem: readonly string[]): Certificate[] => {
  const read = pem.flatMap((text) =>
    readPem(text).map((certificate) => {
      if (!certificate) throw new Error('a trusted certificate cannot be read');
      return certificate;
    }),
  );
  return read.filter((one, place) => read.findIndex(({ der }) => der.equals(one.der)) === place);
};

/**
 * Builds a trust store.
 *
 * @param pem CA certificates, PEM. Self-signed ones are anchors; others are anchors where their issuer is not given.
 * @param crls revocation lists, DER or read already
 * @throws Error naming the entry that is no certificate, or no list that can be used with these certificates
 */
export const createTrustStore = (
  pem: readonly string[],
  crls: readonly (Buffer | RevocationList)[],
): TrustStore => {
  const authorities = readAuthorities(pem);
  const lists = crls.map((given) => {
    const list = Buffer.isBuffer(given) ? readRevocationList(given) : given;
    const fault = 'unfit' in list ? list.unfit : faultOfList(list, authorities);
    if ('unfit' in list || fault) throw new Error(`a revocation list cannot be used: ${fault}`);
    return list;
  });
  const issuersOf = (certificate: Certificate): Certificate[] =>
    namedFirst(
      certificate,
      authorities.filter((candidate) => isIssuedBy(certificate, candidate)),
    );
  const issuers = new Map(authorities.map((one) => [one, isSelfSigned(one) ? [] : issuersOf(one)]));
  const anchors = authorities.filter((one) => issuers.get(one)?.length === 0);
  /** All chains from a certificate to anchors, the shortest first; no key of a name twice in one of them. */
  const chainsFrom = function* (certificate: Certificate): Generator<readonly Certificate[]> {
    if (anchors.some(({ der }) => der.equals(certificate.der))) {
      yield [certificate];
      return;
    }
    const unfinished: { chain: readonly Certificate[]; above: readonly Certificate[] }[] = [
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
  const reached = new Map<Certificate, ReadonlySet<Certificate | undefined>>();
  /** Found once: every list is asked about for every certificate of every chain. */
  const anchorsOf = (authority: Certificate): ReadonlySet<Certificate | undefined> => {
    const known = reached.get(authority) ?? new Set([...chainsFrom(authority)].map((chain) => chain.at(-1)));
    reached.set(authority, known);
    return known;
  };
  const revocations = createRevocations(lists, authorities, (authority, anchor) =>
    anchorsOf(authority).has(anchor),
  );

  const whyUnknown = (leaf: Certificate): string => {
    if (isSelfSigned(leaf)) return `${leaf.subject} is self-signed and no trust anchor`;
    const namesakes = authorities.filter(({ subjectDer }) => subjectDer.equals(leaf.issuerDer));
    if (namesakes.length === 0) return `the issuer ${leaf.issuer} is not known`;
    const signers = namesakes.filter((one) => isSignedBy(leaf, one));
    if (signers.length === 0) return `not signed with the key of the ${leaf.issuer} that is known`;
    return signers.some((one) => namesKey(leaf, one))
      ? `the chain of ${leaf.issuer} ends at no anchor`
      : `its authorityKeyIdentifier names another key than that of ${leaf.issuer}`;
  };

  const judge: TrustStore['judge'] = (leaf, now, minimumKeyBits = MINIMUM_KEY_BITS) => {
    let best: BrokenChain | undefined;
    for (const chain of chainsFrom(leaf)) {
      const verdict = judgeChain(chain, revocations, { now, minimumKeyBits });
      if (!('problem' in verdict)) return verdict;
      // The chain that fails nearest to its anchor needs the least mending: that is the one worth explaining.
      if (!best || verdict.place > best.place) best = verdict;
    }
    return best?.problem ?? untrusted(leaf, anchors, whyUnknown(leaf));
  };
  const listsOf: TrustStore['lists'] = (leaf) => {
    const found = [...chainsFrom(leaf)].flatMap(([, issuer, ...above]) =>
      issuer ? revocations.listsOf(leaf, issuer, above.at(-1) ?? issuer) : [],
    );
    return [...new Set(found)];
  };
  return { anchors, revision: 0, lists: listsOf, judge };
};

const isSameAuthority = (one: Certificate, other: Certificate): boolean =>
  one.subjectDer.equals(other.subjectDer) && one.publicKey.equals(other.publicKey);
