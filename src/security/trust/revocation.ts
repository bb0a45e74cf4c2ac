// Whether a certificate is revoked: which of the lists known speak of it, and what the newest of them say.

import type { Problem } from '../../kernel/problem.ts';
import { type SecurityProblem, securityProblem } from '../problems.ts';
import type { Certificate } from './certificate.ts';
import { isListOf, maySignLists, type RevocationList, revokes } from './revocation-list.ts';

/** When a verdict holds, in milliseconds since 1970, both ends included. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** A list with the authorities of its name whose key it is signed with. */
interface SignedList {
  readonly list: RevocationList;
  readonly signers: readonly Certificate[];
  /** The key, written out once, which takes longer than judging with it. */
  readonly key: string;
}

export interface Revocations {
  /**
   * Judges a certificate by the lists of its issuer. RFC 5280 §6.3.3 (f): a list that the issuer signed with another of
   * its keys counts too, where that key leads to the same anchor.
   *
   * @returns undefined when no list speaks of it
   */
  judge(
    certificate: Certificate,
    issuer: Certificate,
    anchor: Certificate,
    now: number,
  ): Span | Problem<SecurityProblem> | undefined;
  /** The lists that speak of a certificate. */
  listsOf(certificate: Certificate, issuer: Certificate, anchor: Certificate): readonly RevocationList[];
}

const day = (instant: number): string => new Date(instant).toISOString();

const revoked = (certificate: Certificate, list: RevocationList): Problem<SecurityProblem> =>
  securityProblem('security.certificate-revoked', {
    check: `revocation of the certificate ${certificate.subject}`,
    expected: 'not on the revocation list of its issuer',
    found: `serial number ${certificate.serialNumber} is on the list of ${day(list.thisUpdate)}`,
    rule: 'RFC 5280 §6.3',
    remedy: 'use a certificate that has not been revoked',
  });

const stale = (certificate: Certificate, { nextUpdate }: RevocationList, now: number) =>
  securityProblem('security.certificate-crl', {
    check: `age of the revocation list of ${certificate.issuer}`,
    expected: `a list that is current at ${day(now)}`,
    found: `next update was due ${day(nextUpdate)}`,
    rule: 'RFC 5280 §6.3.3',
    remedy: 'give the emulator a current list (--crl <file>), or move its clock back',
  });

const isCurrent = ({ thisUpdate, nextUpdate }: RevocationList, now: number): boolean =>
  thisUpdate <= now && now <= nextUpdate;

/**
 * The list that counts: the newest current one; else the newest that has begun. Where all lie ahead of the clock, the
 * first of them, so that a clock that is a little slow, or was moved back, makes no revoked certificate good.
 */
const newest = (signed: readonly SignedList[], now: number): RevocationList | undefined => {
  const inOrder = signed.map(({ list }) => list).toSorted((a, b) => b.thisUpdate - a.thisUpdate);
  return (
    inOrder.find((list) => isCurrent(list, now)) ??
    inOrder.find(({ thisUpdate }) => thisUpdate <= now) ??
    inOrder.at(-1)
  );
};

/** The moments at which another list may begin to count: no verdict outlives the next, or reaches back before the last. */
const spanOf = (signed: readonly SignedList[], now: number): Span => {
  const moments = signed.flatMap(({ list: { thisUpdate, nextUpdate } }) => [thisUpdate, nextUpdate + 1]);
  return {
    from: Math.max(...moments.filter((moment) => moment <= now), Number.NEGATIVE_INFINITY),
    until: Math.min(...moments.filter((moment) => moment > now)) - 1,
  };
};

/**
 * @param reaches whether an authority's chain can lead to an anchor
 */
export const createRevocations = (
  lists: readonly RevocationList[],
  authorities: readonly Certificate[],
  reaches: (authority: Certificate, anchor: Certificate) => boolean,
): Revocations => {
  const known: readonly SignedList[] = lists.map((list) => {
    const signers = authorities.filter(
      (one) => one.subjectDer.equals(list.issuerDer) && maySignLists(one) && isListOf(list, one),
    );
    return { list, signers, key: keyOf(signers) };
  });

  const relevantTo = (certificate: Certificate, issuer: Certificate, anchor: Certificate): SignedList[] =>
    known.filter(
      ({ list: { issuerDer, scope }, signers }) =>
        issuerDer.equals(issuer.subjectDer) &&
        (certificate.ca ? scope.authorities : scope.leaves) &&
        signers.some((one) => one.publicKey.equals(issuer.publicKey) || reaches(one, anchor)),
    );

  const judge: Revocations['judge'] = (certificate, issuer, anchor, now) => {
    const relevant = relevantTo(certificate, issuer, anchor);
    if (relevant.length === 0) return undefined;
    for (const part of grouped(relevant, ({ list }) => list.scope.part)) {
      // Each key may keep a list of its own certificates only, so lists of one key do not replace those of another.
      const counting = grouped(part, ({ key }) => key).flatMap((group) => newest(group, now) ?? []);
      const hit = counting.find((list) => revokes(list, certificate.serialNumber));
      if (hit) return revoked(certificate, hit);
      const [first] = counting.toSorted((a, b) => b.nextUpdate - a.nextUpdate);
      if (first && now > first.nextUpdate) return stale(certificate, first, now);
    }
    return spanOf(relevant, now);
  };
  return {
    judge,
    listsOf: (certificate, issuer, anchor) => relevantTo(certificate, issuer, anchor).map(({ list }) => list),
  };
};

const keyOf = ([signer]: readonly Certificate[]): string =>
  signer?.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') ?? '';

const grouped = <T>(items: readonly T[], keyOfItem: (item: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOfItem(item), [...(groups.get(keyOfItem(item)) ?? []), item]);
  return [...groups.values()];
};
