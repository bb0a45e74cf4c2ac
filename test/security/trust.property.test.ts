// Properties of trust: a generated chain without a defect is accepted, with one defect anywhere it is refused for that.

import assert from 'node:assert/strict';
import { KeyUsageFlags } from '@peculiar/asn1-x509';
import fc from 'fast-check';
import {
  type CertificateWish,
  certificateOf,
  DAY,
  keyOf,
  listOf,
  NOON,
  type Scheme,
  schemes,
} from './issuing.ts';
import { trusting, verdictOn } from './trusting.ts';

/** A chain in the making: from the anchor to the leaf, with the serial numbers that its lists revoke. */
interface Plan {
  readonly wishes: readonly CertificateWish[];
  readonly revoked: readonly { readonly issuer: string; readonly serial: number }[];
  readonly lists: boolean;
  /** Which authorities are given, by their place. */
  readonly given: readonly number[];
  readonly overdue: readonly string[];
}

const KEYS = ['key 0', 'key 1', 'key 2', 'key 3'] as const;
const sound: readonly Scheme[] = ['sha256', 'sha384', 'sha512', 'pss'];

const planOf = (depth: number, { choices, lists }: { choices: readonly number[]; lists: boolean }): Plan => {
  const pick = (place: number, count: number): number => (choices[place % choices.length] ?? 0) % count;
  const wishes = Array.from({ length: depth + 1 }, (_, place): CertificateWish => {
    const isLeaf = place === depth;
    const above = place - 1;
    return {
      subject: isLeaf ? 'leaf' : `CA ${place}`,
      key: KEYS[place % KEYS.length] ?? '',
      ...(place === 0 ? {} : { issuer: `CA ${above}`, issuerKey: KEYS[above % KEYS.length] ?? '' }),
      ca: !isLeaf,
      serial: 100 + place,
      scheme: sound[pick(place, sound.length)] ?? 'sha256',
      from: NOON - (1 + pick(place + 1, 900)) * DAY,
      until: NOON + (1 + pick(place + 2, 900)) * DAY,
      ...(pick(place + 3, 3) === 0 ? { authorityKey: null } : {}),
      // The path length may be just enough: so many authorities are below this one.
      ...(isLeaf || pick(place + 4, 2) === 0 ? {} : { pathLength: depth - 1 - place + pick(place + 5, 3) }),
    };
  });
  return { wishes, revoked: [], lists, given: wishes.slice(0, -1).map((_, place) => place), overdue: [] };
};

const judged = ({ wishes, revoked, lists, given, overdue }: Plan): string => {
  const authorities = wishes.slice(0, -1);
  const leaf = wishes.at(-1);
  assert.ok(leaf);
  const made = !lists && revoked.length === 0 && overdue.length === 0 ? [] : authorities;
  const store = trusting(
    given.map((place) => authorities[place]).filter((one) => one !== undefined),
    made
      .filter((_, place) => given.includes(place))
      .map(({ subject, key = '' }) =>
        listOf({
          issuer: subject,
          issuerKey: key,
          revoked: [1, ...revoked.filter(({ issuer }) => issuer === subject).map(({ serial }) => serial)],
          ...(overdue.includes(subject) ? { until: NOON - 1000 } : {}),
        }),
      ),
  );
  return verdictOn(store, certificateOf(leaf));
};

type Defect = (plan: Plan, place: number) => { readonly plan: Plan; readonly problem: string };

const changed = (plan: Plan, place: number, change: Partial<CertificateWish>): Plan => ({
  ...plan,
  wishes: plan.wishes.map((wish, at) => (at === place ? { ...wish, ...change } : wish)),
});
/** An authority, whatever certificate was chosen. */
const authorityAt = ({ wishes }: Plan, place: number): number => place % (wishes.length - 1);
/** A certificate that somebody else issued. */
const issuedAt = ({ wishes }: Plan, place: number): number => 1 + (place % (wishes.length - 1));

const defects: Readonly<Record<string, Defect>> = {
  expired: (plan, place) => ({ plan: changed(plan, place, { until: NOON - 1000 }), problem: 'expired' }),
  early: (plan, place) => ({ plan: changed(plan, place, { from: NOON + 1000 }), problem: 'not-yet-valid' }),
  forged: (plan, place) => ({
    plan: changed(plan, issuedAt(plan, place), { issuerKey: 'stranger', authorityKey: null }),
    problem: 'untrusted',
  }),
  misnamed: (plan, place) => ({
    plan: changed(plan, issuedAt(plan, place), { authorityKey: 'stranger' }),
    problem: 'untrusted',
  }),
  noAuthority: (plan, place) => ({
    plan: changed(plan, authorityAt(plan, place), { usage: KeyUsageFlags.cRLSign }),
    problem: 'untrusted',
  }),
  broken: (plan, place) => ({
    plan: changed(plan, issuedAt(plan, place), { scheme: place % 2 === 0 ? 'sha1' : 'md5' }),
    problem: 'untrusted',
  }),
  revoked: (plan, place) => {
    const at = issuedAt(plan, place);
    const { issuer = '', serial = 0 } = plan.wishes[at] ?? {};
    return { plan: { ...plan, revoked: [{ issuer, serial }] }, problem: 'revoked' };
  },
  overdue: (plan, place) => {
    const { subject = '' } = plan.wishes[authorityAt(plan, place)] ?? {};
    return { plan: { ...plan, overdue: [subject] }, problem: 'crl' };
  },
};

const plans = fc.record({
  depth: fc.integer({ min: 1, max: 6 }),
  choices: fc.array(fc.nat(10_000), { minLength: 3, maxLength: 12 }),
  lists: fc.boolean(),
});

describe('properties of trust', function () {
  this.timeout(60_000);
  before(() => {
    for (const name of [...KEYS, 'stranger']) keyOf(name);
    assert.ok(sound.every((scheme) => scheme in schemes));
  });

  it('a chain without a defect is trusted, whatever is optional in it', () => {
    fc.assert(
      fc.property(plans, ({ depth, ...random }) => {
        assert.equal(judged(planOf(depth, random)), 'good');
      }),
      { numRuns: 60 },
    );
  });

  it('a chain with one defect anywhere in it is refused, and for that', () => {
    fc.assert(
      fc.property(
        plans,
        fc.constantFrom(...Object.keys(defects)),
        fc.nat(100),
        ({ depth, ...random }, name, place) => {
          const plan = planOf(depth, random);
          const made = defects[name]?.(plan, place % (depth + 1));
          assert.ok(made);
          const cut = made.problem === 'untrusted' && name !== 'noAuthority' && name !== 'broken';
          const verdict = judged(made.plan);
          // A chain that is cut above an authority leaves that authority without issuer: then it is an anchor itself.
          const above = issuedAt(plan, place % (depth + 1)) < depth;
          assert.equal(verdict, cut && above ? 'good' : made.problem, name);
        },
      ),
      { numRuns: 150 },
    );
  });
});
