// Revocation lists: which of them speak of a certificate, which of those count, and which can be used by nobody.

import assert from 'node:assert/strict';
import { DistributionPointName, GeneralName, IssuingDistributionPoint, Reason } from '@peculiar/asn1-x509';
import { isProblem } from '../../src/kernel/problem.ts';
import {
  type CertificateWish,
  certificateOf,
  DAY,
  extension,
  type ListWish,
  listOf,
  NOON,
} from './issuing.ts';
import { foundIn, leafOf, trusting, verdictOn } from './trusting.ts';

const root: CertificateWish = { subject: 'Root' };
const middle: CertificateWish = { subject: 'Middle', issuer: 'Root', serial: 7 };
const leaf: CertificateWish = { subject: 'leaf', issuer: 'Middle', serial: 8 };

const by = (...lists: Partial<ListWish>[]) =>
  trusting(
    [root, middle],
    lists.map((wish) => listOf({ issuer: 'Middle', ...wish })),
  );
const scopeOf = (point: Partial<IssuingDistributionPoint>, critical = true) => [
  extension('2.5.29.28', new IssuingDistributionPoint(point), critical),
];
const partition = (name: string) =>
  scopeOf({
    distributionPoint: new DistributionPointName({
      fullName: [new GeneralName({ uniformResourceIdentifier: `http://pki.invalid/${name}` })],
    }),
  });

describe('a revocation list', () => {
  it('revokes what is on it, whatever the reason, and nothing else', () => {
    for (const entry of [8, { serial: 8, reason: 1 }, { serial: 8, reason: 6 }]) {
      assert.equal(verdictOn(by({ revoked: [5, entry] }), leaf), 'revoked');
    }
    assert.equal(verdictOn(by({ revoked: [5, 7, 9] }), leaf), 'good');
    assert.match(foundIn(by({ revoked: [8] }), leaf), /is on the list of 2026-05-31/);
  });

  it('does not revoke what an entry takes off it', () => {
    assert.equal(verdictOn(by({ revoked: [{ serial: 8, reason: 8 }] }), leaf), 'good');
  });

  it('of a higher authority revokes the authority below', () => {
    const store = by({}, { issuer: 'Root', revoked: [7] });
    assert.equal(verdictOn(store, leaf), 'revoked');
    assert.match(foundIn(store, leaf), /serial number/);
  });

  it('that is overdue makes its issuer’s certificates unusable', () => {
    const overdue = by({ until: NOON - 1000 });
    assert.equal(verdictOn(overdue, leaf), 'crl');
    assert.match(foundIn(overdue, leaf), /was due 2026-06-01/);
    assert.equal(verdictOn(by({ revoked: [8], until: NOON - 1000 }), leaf), 'revoked');
  });

  it('may have thousands of entries', () => {
    const many = Array.from({ length: 5000 }, (_, place) => place + 100);
    assert.equal(verdictOn(by({ revoked: [...many, 8] }), leaf), 'revoked');
    assert.equal(verdictOn(by({ revoked: many }), leaf), 'good');
  });

  it('of the first version, without extensions, revokes what is on it', () => {
    assert.equal(verdictOn(by({ first: true, revoked: [5, 8] }), leaf), 'revoked');
    assert.equal(verdictOn(by({ first: true, revoked: [5] }), leaf), 'good');
    assert.equal(verdictOn(by({ first: true }), leaf), 'good');
  });

  it('may be signed by every accepted scheme', () => {
    for (const scheme of ['sha384', 'sha512', 'pss'] as const)
      assert.equal(verdictOn(by({ scheme, revoked: [8] }), leaf), 'revoked', scheme);
    const curved = trusting(
      [root, { ...middle, key: 'curve' }],
      [listOf({ issuer: 'Middle', issuerKey: 'curve', scheme: 'ecdsa', revoked: [8] })],
    );
    assert.equal(verdictOn(curved, { ...leaf, issuerKey: 'curve', scheme: 'ecdsa' }), 'revoked');
  });

  it('of leaves or of authorities only speaks of no others', () => {
    const only = (point: Partial<IssuingDistributionPoint>) =>
      trusting([root, middle], [listOf({ issuer: 'Root', revoked: [7, 8], extensions: scopeOf(point) })]);
    const directly = { ...leaf, issuer: 'Root' };
    assert.equal(verdictOn(only({ onlyContainsUserCerts: true }), leaf), 'good');
    assert.equal(verdictOn(only({ onlyContainsUserCerts: true }), directly), 'revoked');
    assert.equal(verdictOn(only({ onlyContainsCACerts: true }), leaf), 'revoked');
    assert.equal(verdictOn(only({ onlyContainsCACerts: true }), directly), 'good');
  });
});

describe('several revocation lists of one issuer', () => {
  const old: Partial<ListWish> = { from: NOON - 5 * DAY, number: 1 };
  const recent: Partial<ListWish> = { from: NOON - DAY, number: 2 };

  it('are replaced by the newest, in whatever order they are given', () => {
    for (const lists of [
      [{ ...old, revoked: [8] }, recent],
      [recent, { ...old, revoked: [8] }],
    ])
      assert.equal(verdictOn(by(...lists), leaf), 'good');
    assert.equal(verdictOn(by(old, { ...recent, revoked: [8] }), leaf), 'revoked');
  });

  it('are replaced by the newest that is current: not by one that is overdue, nor before its time', () => {
    const overdue = { ...recent, until: NOON - 1000 };
    assert.equal(verdictOn(by({ ...old, revoked: [8] }, overdue), leaf), 'revoked');
    assert.equal(verdictOn(by(old, overdue), leaf), 'good');
    const coming = { from: NOON + DAY, revoked: [8] };
    assert.equal(verdictOn(by(old, coming), leaf), 'good');
    assert.equal(verdictOn(by(old, coming), leaf, NOON + 2 * DAY), 'revoked');
  });

  it('that all lie ahead of the clock do not make a revoked certificate good', () => {
    assert.equal(verdictOn(by({ from: NOON + 60_000, revoked: [8] }), leaf), 'revoked');
  });

  it('stand beside each other where they speak of different parts', () => {
    const one = { ...old, revoked: [8], extensions: partition('one') };
    const two = { ...recent, extensions: partition('two') };
    assert.equal(verdictOn(by(one, two), leaf), 'revoked');
    assert.equal(verdictOn(by(one, { ...two, extensions: partition('one') }), leaf), 'good');
  });

  it('bound the verdict: no longer than nextUpdate, not past the moment a newer one begins', () => {
    const spanOf = (...lists: Partial<ListWish>[]) => {
      const verdict = by(...lists).judge(leafOf(leaf), NOON);
      assert.ok(!isProblem(verdict));
      return [verdict.from, verdict.until];
    };
    assert.deepEqual(spanOf(recent), [NOON - DAY, NOON + 10 * DAY]);
    assert.deepEqual(spanOf(old, recent, { from: NOON + DAY }), [NOON - DAY, NOON + DAY - 1]);
  });
});

describe('the lists of an authority with two keys', () => {
  const renewed: CertificateWish = { subject: 'Middle', key: 'Middle 2', issuer: 'Root' };
  const newList = (revoked: number[]) => listOf({ issuer: 'Middle', issuerKey: 'Middle 2', revoked });

  it('count for certificates of the other key under the same anchor', () => {
    const store = trusting([root, middle, renewed], [newList([8])]);
    assert.equal(verdictOn(store, leaf), 'revoked');
    assert.equal(verdictOn(store, { ...leaf, issuerKey: 'Middle 2' }), 'revoked');
    assert.equal(verdictOn(store, { ...leaf, serial: 9 }), 'good');
  });

  it('do not replace each other', () => {
    const older = listOf({ issuer: 'Middle', revoked: [8], from: NOON - 5 * DAY });
    assert.equal(verdictOn(trusting([root, middle, renewed], [older, newList([])]), leaf), 'revoked');
  });

  it('say nothing of a stranger that happens to bear the name', () => {
    const stranger: CertificateWish = { subject: 'Twin', key: 'Twin 2' };
    const store = trusting(
      [{ subject: 'Twin', key: 'Twin 1' }, stranger],
      [listOf({ issuer: 'Twin', issuerKey: 'Twin 2', revoked: [8] })],
    );
    assert.equal(verdictOn(store, { ...leaf, issuer: 'Twin', issuerKey: 'Twin 1' }), 'good');
    assert.equal(verdictOn(store, { ...leaf, issuer: 'Twin', issuerKey: 'Twin 2' }), 'revoked');
  });
});

describe('a revocation list that nobody can use', () => {
  const critical = extension('1.2.3.4', new Reason(0), true);
  const cases: [string, Partial<ListWish>, RegExp][] = [
    ['an unknown issuer', { issuer: 'Nobody', issuerKey: 'Root' }, /issued by CN=Nobody, which is none/],
    ['another key', { issuerKey: 'Root' }, /signature \(sha256WithRSA\) is not by the key of CN=Middle/],
    ['a broken algorithm', { scheme: 'sha1' }, /signature \(sha1WithRSA\)/],
    ['only changes', { extensions: [extension('2.5.29.27', new Reason(0), true)] }, /delta/],
    ['no nextUpdate', { until: null, revoked: [8] }, /without nextUpdate/],
    ['other issuers’ certificates', { extensions: scopeOf({ indirectCRL: true }) }, /indirect/],
    ['attribute certificates', { extensions: scopeOf({ onlyContainsAttributeCerts: true }) }, /attribute/],
    ['some reasons', { extensions: scopeOf({ onlySomeReasons: new Reason(2) }) }, /some reasons/],
    ['an unknown critical extension', { extensions: [critical] }, /critical extension 1\.2\.3\.4/],
    [
      'an unknown critical extension in an entry',
      { revoked: [5], entryExtensions: [critical] },
      /critical extension 1\.2\.3\.4/,
    ],
  ];
  for (const [name, wish, complaint] of cases)
    it(`is refused with its reason: ${name}`, () => {
      assert.throws(() => by(wish), complaint);
    });

  it('is refused with its reason: an issuer without cRLSign', () => {
    const unsigning = { ...middle, usage: 4 };
    assert.throws(() => trusting([root, unsigning], [listOf({ issuer: 'Middle' })]), /without cRLSign/);
  });

  it('is refused with its reason: no list at all, and one that was altered', () => {
    assert.throws(() => trusting([root], [certificateOf(root)]), /no revocation list/);
    assert.throws(() => trusting([root], [Buffer.alloc(0)]), /no revocation list/);
    const altered = listOf({ issuer: 'Root', revoked: [8] });
    altered[altered.indexOf(Buffer.of(1, 0, 0, 0, 8)) + 4] = 9;
    assert.throws(() => trusting([root], [altered]), /signature/);
  });
});
