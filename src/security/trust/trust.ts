// Step 6: whether a certificate leads to a trust anchor, at the clock's time. Knows nothing of messages.

import { createHash } from 'node:crypto';
import type { Problem } from '../../kernel/problem.ts';
import { type SecurityProblem, securityProblem } from '../problems.ts';
import { type Certificate, readPem } from './certificate.ts';
import { type BrokenChain, judgeChain, type TrustedChain } from './chain.ts';
import { createPaths, type Unknown, whyUnknown } from './paths.ts';
import { createRevocations } from './revocation.ts';
import { faultOfList, type RevocationList, readRevocationList } from './revocation-list.ts';

/** Where nobody asks for more: the shortest RSA key of an authority or a leaf. */
export const MINIMUM_KEY_BITS = 2048;

/** How far a certificate leads. */
export interface KnownChain {
  readonly chain: readonly Certificate[];
  /** Why it leads to no anchor. */
  readonly missing: string | undefined;
}

export interface TrustStore {
  readonly anchors: readonly Certificate[];
  /** All that is trusted to issue: the anchors, and what they certify. */
  readonly authorities: readonly Certificate[];
  /** The same wherever the certificates and lists are the same: what was remembered under another one is worth nothing. */
  readonly revision: string;
  /** The revocation lists that speak of a certificate. */
  lists(leaf: Certificate): readonly RevocationList[];
  /** The chain to an anchor, from the certificate itself on, whether it is good or not; where there is none, why. */
  chain(leaf: Certificate): KnownChain;
  /** Judges a certificate; the verdict may be kept as long as its span and the revision hold. */
  judge(leaf: Certificate, now: number, minimumKeyBits?: number): TrustedChain | Problem<SecurityProblem>;
}

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
  { kind, found }: Unknown,
): Problem<SecurityProblem> =>
  securityProblem('security.certificate-untrusted', {
    check: `chain of the certificate ${leaf.subject}`,
    expected: `a chain to one of: ${namesOf(anchors)}`,
    found,
    kind,
    rule: 'RFC 5280 §6.1; contract: certificates',
    remedy:
      'use a client certificate of the emulator’s PKI (pki/clients), or trust your CA with --trust <file or folder>',
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

/** A list is signed: another one has another signature. */
const revisionOf = (authorities: readonly Certificate[], lists: readonly RevocationList[]): string => {
  const hash = createHash('sha256');
  for (const parts of [authorities.map(({ der }) => der), lists.map(({ signature }) => signature)]) {
    for (const part of parts.toSorted(Buffer.compare)) hash.update(`${part.length} `).update(part);
    hash.update('.');
  }
  return hash.digest('hex').slice(0, 16);
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
  const { anchors, from: chainsFrom } = createPaths(authorities);
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

  const judge: TrustStore['judge'] = (leaf, now, minimumKeyBits = MINIMUM_KEY_BITS) => {
    let best: BrokenChain | undefined;
    for (const chain of chainsFrom(leaf)) {
      const verdict = judgeChain(chain, revocations, { now, minimumKeyBits });
      if (!('problem' in verdict)) return verdict;
      // The chain that fails nearest to its anchor needs the least mending: that is the one worth explaining.
      if (!best || verdict.place > best.place) best = verdict;
    }
    return best?.problem ?? untrusted(leaf, anchors, whyUnknown(leaf, authorities));
  };
  const listsOf: TrustStore['lists'] = (leaf) => {
    const found = [...chainsFrom(leaf)].flatMap(([, issuer, ...above]) =>
      issuer ? revocations.listsOf(leaf, issuer, above.at(-1) ?? issuer) : [],
    );
    return [...new Set(found)];
  };
  const chainOf: TrustStore['chain'] = (leaf) => {
    for (const chain of chainsFrom(leaf)) return { chain, missing: undefined };
    return { chain: [leaf], missing: whyUnknown(leaf, authorities).found };
  };
  return {
    anchors,
    authorities,
    revision: revisionOf(authorities, lists),
    lists: listsOf,
    chain: chainOf,
    judge,
  };
};
