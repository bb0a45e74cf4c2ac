// Chains: of any length, past crossings and renewals, and no chain where one certificate of it may not stand there.

import assert from 'node:assert/strict';
import { OctetString } from '@peculiar/asn1-schema';
import { Extension, KeyUsageFlags } from '@peculiar/asn1-x509';
import { isProblem } from '../../src/kernel/problem.ts';
import { type CertificateWish, certificateOf, DAY, keyOf, NOON } from './issuing.ts';
import { foundIn, leafOf, trusting, verdictOn } from './trusting.ts';

const root: CertificateWish = { subject: 'Root' };
const middle: CertificateWish = { subject: 'Middle', issuer: 'Root' };
const leaf: CertificateWish = { subject: 'leaf', issuer: 'Middle' };
/** NULL: what stands in an extension that nobody reads. */
const empty = new OctetString([5, 0]);

/** Root, then so many authorities, each under the one before; the last issues the leaf. */
const tower = (height: number): CertificateWish[] =>
  Array.from({ length: height }, (_, floor) =>
    floor === 0 ? root : { subject: `Floor ${floor}`, issuer: floor === 1 ? 'Root' : `Floor ${floor - 1}` },
  );

describe('a chain', () => {
  before(() => {
    for (const name of ['Root', 'Middle', 'leaf', 'other']) keyOf(name);
  });

  it('may be of any length', () => {
    for (const height of [1, 2, 7, 8, 9, 12]) {
      const issuer = height === 1 ? 'Root' : `Floor ${height - 1}`;
      assert.equal(verdictOn(trusting(tower(height)), { subject: 'leaf', issuer }), 'good', `${height}`);
    }
  });

  it('is found whatever the order in which authorities are given', () => {
    for (const authorities of [
      [root, middle],
      [middle, root],
    ])
      assert.equal(verdictOn(trusting(authorities), leaf), 'good');
  });

  it('ends at any authority whose own issuer is not given', () => {
    assert.equal(verdictOn(trusting([middle]), leaf), 'good');
    assert.equal(trusting([middle]).anchors[0]?.subject, 'CN=Middle');
    assert.deepEqual(
      trusting([root, middle]).anchors.map(({ subject }) => subject),
      ['CN=Root'],
    );
  });

  it('is not needed for a certificate that is configured itself', () => {
    const pinned = certificateOf({ subject: 'pinned' });
    assert.equal(verdictOn(trusting([pinned]), pinned), 'good');
    assert.equal(verdictOn(trusting([pinned]), { subject: 'pinned' }), 'untrusted');
  });

  it('breaks at each certificate that is expired or not yet valid, the anchor too', () => {
    for (const [wrong, problem] of [
      [{ until: NOON - 1000 }, 'expired'],
      [{ from: NOON + 1000 }, 'not-yet-valid'],
    ] as const) {
      assert.equal(verdictOn(trusting([root, middle]), { ...leaf, ...wrong }), problem);
      assert.equal(verdictOn(trusting([root, { ...middle, ...wrong }]), leaf), problem);
      assert.equal(verdictOn(trusting([{ ...root, ...wrong }, middle]), leaf), problem);
    }
    assert.match(foundIn(trusting([root, { ...middle, until: NOON - 1000 }]), leaf), /valid from/);
  });

  it('breaks at an authority that is none, may not sign certificates, or says what nobody understands', () => {
    const critical = new Extension({ extnID: '2.5.29.36', critical: true, extnValue: empty });
    for (const [wrong, found] of [
      [{ ca: false, organisation: '' }, /no CA/],
      [{ usage: KeyUsageFlags.cRLSign }, /without keyCertSign/],
      [{ extensions: [critical] }, /critical extension 2\.5\.29\.36/],
    ] as const) {
      for (const authorities of [
        [root, { ...middle, ...wrong }],
        [{ ...root, ...wrong }, middle],
      ]) {
        assert.equal(verdictOn(trusting(authorities), leaf), 'untrusted');
        assert.match(foundIn(trusting(authorities), leaf), found);
      }
    }
    assert.equal(verdictOn(trusting([root, { ...middle, usage: null }]), leaf), 'good');
  });

  it('keeps within the path length, for which what an authority gave itself does not count', () => {
    const [ground, ...floors] = tower(4);
    const top: CertificateWish = { subject: 'leaf', issuer: 'Floor 3' };
    const with_ = (pathLength: number) => trusting([{ ...root, ...ground, pathLength }, ...floors]);
    assert.equal(verdictOn(with_(3), top), 'good');
    assert.equal(verdictOn(with_(2), top), 'untrusted');
    assert.match(foundIn(with_(2), top), /path length 2, 3 CA certificates below/);

    // The old key certifies the new one under the same name: "new with old" of RFC 4210.
    const rollover: CertificateWish = {
      subject: 'Middle',
      key: 'other',
      issuer: 'Middle',
      issuerKey: 'Middle',
    };
    const renewed = [root, { ...middle, pathLength: 0 }, rollover];
    assert.equal(verdictOn(trusting(renewed), { ...leaf, issuerKey: 'other' }), 'good');
  });

  it('breaks at a signature with MD5 or SHA-1, but for the one an anchor put on itself', () => {
    for (const scheme of ['md5', 'sha1', 'pssOfSha1'] as const) {
      assert.equal(verdictOn(trusting([root, middle]), { ...leaf, scheme }), 'untrusted', scheme);
      assert.equal(verdictOn(trusting([root, { ...middle, scheme }]), leaf), 'untrusted', scheme);
      assert.equal(verdictOn(trusting([{ ...root, scheme }, middle]), leaf), 'good', scheme);
    }
    assert.match(foundIn(trusting([root, middle]), { ...leaf, scheme: 'sha1' }), /^sha1WithRSA$/);
  });

  it('may be signed with SHA-2, by RSA in both paddings and by ECDSA', () => {
    for (const scheme of ['sha256', 'sha384', 'sha512', 'pss'] as const)
      assert.equal(verdictOn(trusting([root, { ...middle, scheme }]), { ...leaf, scheme }), 'good', scheme);
    const curved = trusting([root, { subject: 'Middle', key: 'curve', issuer: 'Root' }]);
    assert.equal(verdictOn(curved, { ...leaf, issuerKey: 'curve', scheme: 'ecdsa' }), 'good');
  });

  it('breaks at an authority whose key is shorter than the profile asks for', () => {
    const weak = trusting([root, { ...middle, key: 'short' }]);
    const under = { ...leaf, issuerKey: 'short' };
    assert.equal(verdictOn(weak, under), 'security.authority-key');
    assert.match(foundIn(weak, under), /1024 bits/);
    assert.equal(verdictOn(weak, under, NOON, 1024), 'good');
    assert.equal(verdictOn(trusting([root, middle]), leaf, NOON, 3072), 'security.authority-key');
    const curved = trusting([root, { ...middle, key: 'weak curve' }]);
    assert.equal(
      verdictOn(curved, { ...leaf, issuerKey: 'weak curve', scheme: 'ecdsa' }),
      'security.authority-key',
    );
  });

  it('follows the key that authorityKeyIdentifier names', () => {
    assert.equal(verdictOn(trusting([root, middle]), { ...leaf, authorityKey: null }), 'good');
    const misled = { ...leaf, authorityKey: 'other' };
    assert.equal(verdictOn(trusting([root, middle]), misled), 'untrusted');
    assert.match(foundIn(trusting([root, middle]), misled), /authorityKeyIdentifier names another key/);
  });
});

describe('a certificate that leads nowhere', () => {
  it('is told what is the matter: unknown issuer, another key of that name, self-signed', () => {
    const store = trusting([root, middle]);
    assert.match(
      foundIn(store, { subject: 'leaf', issuer: 'Nobody', issuerKey: 'other' }),
      /CN=Nobody is not known/,
    );
    assert.match(foundIn(store, { ...leaf, issuerKey: 'other' }), /not signed with the key of the CN=Middle/);
    assert.match(foundIn(store, { subject: 'leaf' }), /self-signed and no trust anchor/);
    assert.match(foundIn(trusting([]), leaf), /not known/);
    const many = trusting(
      Array.from({ length: 7 }, (_, place) => ({ subject: `Root ${place}`, key: 'Root' })),
    );
    const verdict = many.judge(leafOf(leaf), NOON);
    assert.match(isProblem(verdict) ? verdict.explanation.expected : '', /CN=Root 4 \| and 2 more$/);
  });

  it('ends in authorities that only certify each other', () => {
    const circle = [
      { subject: 'A', issuer: 'B' },
      { subject: 'B', issuer: 'A' },
    ];
    assert.equal(verdictOn(trusting(circle), { subject: 'leaf', issuer: 'A' }), 'untrusted');
    assert.match(foundIn(trusting(circle), { subject: 'leaf', issuer: 'A' }), /ends at no anchor/);
  });
});

describe('several chains', () => {
  const second: CertificateWish = { subject: 'Second' };
  /** Certificates for one authority by two roots. */
  const crossed = (first: Partial<CertificateWish>, other: Partial<CertificateWish>) =>
    [root, { ...middle, ...first }, second, { ...middle, issuer: 'Second', ...other }] as const;

  it('are all tried, in whatever order they are given', () => {
    const expired = { until: NOON - DAY };
    for (const authorities of [crossed(expired, {}), crossed({}, expired)]) {
      assert.equal(verdictOn(trusting(authorities), leaf), 'good');
      assert.equal(verdictOn(trusting(authorities.toReversed()), leaf), 'good');
    }
    assert.equal(verdictOn(trusting(crossed(expired, expired)), leaf), 'expired');
  });

  it('are told apart by the key where two authorities have one name', () => {
    const namesakes = [
      { subject: 'Twin', key: 'Twin 1' },
      { subject: 'Twin', key: 'Twin 2' },
    ];
    for (const issuerKey of ['Twin 1', 'Twin 2'])
      assert.equal(verdictOn(trusting(namesakes), { subject: 'leaf', issuer: 'Twin', issuerKey }), 'good');
    assert.equal(
      verdictOn(trusting(namesakes), { subject: 'leaf', issuer: 'Twin', issuerKey: 'other' }),
      'untrusted',
    );
  });

  it('lead past the old certificate of an authority that was renewed with its key', () => {
    const old = { ...middle, until: NOON - DAY };
    assert.equal(verdictOn(trusting([root, old, middle]), leaf), 'good');
    assert.equal(verdictOn(trusting([root, old]), leaf), 'expired');
  });

  it('that all fail are explained by the one that fails nearest to its anchor', () => {
    const expiredRoot = trusting([
      root,
      { ...middle, until: NOON - DAY },
      { ...second, until: NOON - 2 * DAY },
      { ...middle, issuer: 'Second' },
    ]);
    const verdict = expiredRoot.judge(leafOf(leaf), NOON);
    assert.ok(isProblem(verdict));
    assert.match(verdict.explanation.check, /CN=Second/);
  });

  it('may cross in a tangle without occupying the emulator', () => {
    const names = Array.from({ length: 12 }, (_, place) => `Knot ${place}`);
    const tangle = names.flatMap((subject) =>
      names
        .filter((issuer) => issuer !== subject)
        .map((issuer) => ({ subject, issuer, key: 'Knot', issuerKey: 'Knot' })),
    );
    const store = trusting([
      ...tangle,
      { subject: 'Root', until: NOON - DAY },
      { subject: 'Knot 0', key: 'Knot', issuer: 'Root' },
    ]);
    assert.equal(verdictOn(store, { subject: 'leaf', issuer: 'Knot 11', issuerKey: 'Knot' }), 'expired');
  });

  it('make the verdict hold only as long as each certificate in the one that was taken', () => {
    const store = trusting([
      { ...root, until: NOON + 30 * DAY },
      { ...middle, from: NOON - DAY, until: NOON + 20 * DAY },
    ]);
    const verdict = store.judge(leafOf(leaf), NOON);
    assert.ok(!isProblem(verdict));
    assert.deepEqual([verdict.from, verdict.until], [NOON - DAY, NOON + 20 * DAY]);
    assert.equal(verdict.chain.length, 3);
  });
});
