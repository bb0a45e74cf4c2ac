// Name constraints: every kind of name, permitted and excluded, critical or not; OpenSSL judges the same certificates.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Extension } from '@peculiar/asn1-x509';
import { newDirectory } from '../directories.ts';
import { stacks } from '../interop/stacks.ts';
import { type CertificateWish, certificateOf, der, NOON, nameDer, pemOf, rawExtension } from './issuing.ts';
import { foundIn, trusting, verdictOn } from './trusting.ts';

const text = (tag: number) => (content: string) => der(tag, Buffer.from(content, 'latin1'));
const dns = text(0x82);
const mail = text(0x81);
const uri = text(0x86);
const ip = (...octets: number[]): Buffer => der(0x87, Buffer.from(octets));
const directory = (...name: Parameters<typeof nameDer>): Buffer => der(0xa4, nameDer(...name));
const registered = der(0x88, Buffer.of(0x2a, 3, 4));
const ORGANISATION = '2.5.4.10';
const EMAIL = '1.2.840.113549.1.9.1';

interface Case {
  readonly permitted?: readonly Buffer[];
  readonly excluded?: readonly Buffer[];
  readonly names?: readonly Buffer[];
  readonly leaf?: Partial<CertificateWish>;
}

const subtrees = (tag: number, bases: readonly Buffer[] = []): Buffer[] =>
  bases.length > 0 ? [der(tag, ...bases.map((base) => der(0x30, base)))] : [];
const constraints = ({ permitted, excluded }: Case, critical: boolean): Extension =>
  rawExtension('2.5.29.30', der(0x30, ...subtrees(0xa0, permitted), ...subtrees(0xa1, excluded)), critical);
const alternatives = (names: readonly Buffer[]): Extension => rawExtension('2.5.29.17', der(0x30, ...names));

const root: CertificateWish = { subject: 'Root' };
const middleOf = (one: Case, critical: boolean): CertificateWish => ({
  subject: 'Middle',
  issuer: 'Root',
  extensions: [constraints(one, critical)],
});
const leafWish = ({ names = [], leaf = {} }: Case): CertificateWish => ({
  subject: 'leaf',
  issuer: 'Middle',
  ...leaf,
  ...(names.length > 0 ? { extensions: [alternatives(names)] } : {}),
});

const inTest: readonly [string, string][] = [[ORGANISATION, 'Test']];

/** By what they are about: those that are good, and those that are refused. */
const good: Readonly<Record<string, Case>> = {
  'a host of the domain': { permitted: [dns('example.no')], names: [dns('a.example.no'), dns('EXAMPLE.no')] },
  'a host of one of two domains': { permitted: [dns('x.no'), dns('y.no')], names: [dns('y.no')] },
  'a host outside the excluded': { excluded: [dns('evil.no')], names: [dns('notevil.no')] },
  'hosts where only addresses are constrained': { permitted: [mail('a@x.no')], names: [dns('y.no')] },
  'any host': { permitted: [dns('')], names: [dns('y.no')] },
  'an address of the host': { permitted: [mail('x.no')], names: [mail('a@X.no')] },
  'an address of a host of the domain': { permitted: [mail('.x.no')], names: [mail('a@b.x.no')] },
  'the very address': { permitted: [mail('a@x.no')], names: [mail('a@x.no')] },
  'a URI at the host': { permitted: [uri('x.no')], names: [uri('https://x.no/a')] },
  'a URI at a host of the domain': { permitted: [uri('.x.no')], names: [uri('https://b.x.no:1/a')] },
  'an address in the range': { permitted: [ip(10, 0, 0, 0, 255, 0, 0, 0)], names: [ip(10, 1, 2, 3)] },
  'an address outside the excluded range': {
    excluded: [ip(10, 0, 0, 0, 255, 0, 0, 0)],
    names: [ip(11, 1, 2, 3)],
  },
  'a subject below the name': { permitted: [directory('leaf')] },
  'a subject of the organisation': {
    permitted: [directory('leaf', [['2.5.4.5', '984661185'], ...inTest])],
    leaf: { attributes: inTest },
  },
  'a subject outside the excluded': { excluded: [directory('other')] },
  'a subject in other capitals and spaces': { permitted: [directory(' LEAF ')] },
  'a kind of name that is constrained and not there': { permitted: [registered] },
  'a common name that is no host’s': { permitted: [dns('x.no')] },
  'a common name of the domain': { permitted: [dns('x.no')], leaf: { subject: 'a.x.no' } },
};
const refused: Readonly<Record<string, Case>> = {
  'a host outside': { permitted: [dns('example.no')], names: [dns('example.com')] },
  'a host that only ends so': { permitted: [dns('example.no')], names: [dns('badexample.no')] },
  'one of several hosts outside': { permitted: [dns('x.no')], names: [dns('x.no'), dns('y.no')] },
  'an excluded host': { excluded: [dns('x.no')], names: [dns('a.x.no')] },
  'a host that is permitted and excluded': {
    permitted: [dns('x.no')],
    excluded: [dns('a.x.no')],
    names: [dns('a.x.no')],
  },
  'an address elsewhere': { permitted: [mail('x.no')], names: [mail('a@y.no')] },
  'an address of another host of the domain': { permitted: [mail('x.no')], names: [mail('a@b.x.no')] },
  'another address': { permitted: [mail('a@x.no')], names: [mail('b@x.no')] },
  'no address at all': { permitted: [mail('x.no')], names: [mail('x.no')] },
  'an address in the subject': { permitted: [mail('x.no')], leaf: { attributes: [[EMAIL, 'a@y.no']] } },
  'a URI elsewhere': { permitted: [uri('x.no')], names: [uri('https://y.no/x.no')] },
  'a URI without a host': { permitted: [uri('x.no')], names: [uri('urn:x')] },
  'an address outside the range': { permitted: [ip(10, 0, 0, 0, 255, 0, 0, 0)], names: [ip(11, 1, 2, 3)] },
  'an address of the other length': {
    permitted: [ip(10, 0, 0, 0, 255, 0, 0, 0)],
    names: [ip(...Array.from({ length: 16 }, () => 10))],
  },
  'an excluded address': { excluded: [ip(10, 0, 0, 0, 255, 0, 0, 0)], names: [ip(10, 1, 2, 3)] },
  'a subject elsewhere': { permitted: [directory('other')] },
  'an excluded subject': { excluded: [directory('leaf')] },
  'a directory name elsewhere': { permitted: [directory('leaf')], names: [directory('other')] },
  'a kind of name that nobody here evaluates': { permitted: [registered], names: [registered] },
  'a common name of another domain': { permitted: [dns('x.no')], leaf: { subject: 'a.y.no' } },
};

describe('name constraints', () => {
  for (const [verdict, cases] of [
    ['good', good],
    ['untrusted', refused],
  ] as const) {
    for (const [name, one] of Object.entries(cases))
      it(`${verdict === 'good' ? 'let through' : 'refuse'} ${name}, critical or not`, () => {
        for (const critical of [false, true]) {
          const store = trusting([root, middleOf(one, critical)]);
          assert.equal(verdictOn(store, leafWish(one)), verdict);
          if (verdict === 'untrusted')
            assert.match(
              foundIn(store, leafWish(one)),
              /which CN=Middle (does not permit|excludes)|under nameC/,
            );
        }
      });
  }

  it('hold for authorities below too, and those of the anchor for all', () => {
    const one = { permitted: [directory('leaf'), directory('Middle')] };
    const anchored = { ...root, extensions: [constraints(one, false)] };
    const middle: CertificateWish = { subject: 'Middle', issuer: 'Root' };
    assert.equal(verdictOn(trusting([anchored, middle]), leafWish({})), 'good');
    assert.equal(verdictOn(trusting([anchored, middle]), { subject: 'x', issuer: 'Middle' }), 'untrusted');
    const other: CertificateWish = { subject: 'Other', issuer: 'Root' };
    assert.equal(verdictOn(trusting([anchored, other]), { subject: 'leaf', issuer: 'Other' }), 'untrusted');
  });

  it('that cannot be read let nothing through', () => {
    for (const octets of ['', '3000', '0500', '3004a0020500', '3005a003300181', 'ff'])
      assert.equal(
        verdictOn(
          trusting([
            root,
            { ...middleOf({}, false), extensions: [rawExtension('2.5.29.30', Buffer.from(octets, 'hex'))] },
          ]),
          leafWish({}),
        ),
        'untrusted',
        octets,
      );
  });

  it('are judged as OpenSSL judges them', function () {
    if (!stacks.openssl.installed) this.skip();
    this.timeout(60_000);
    const folder = newDirectory();
    const file = (name: string, wish: CertificateWish): string => {
      const path = join(folder, name);
      writeFileSync(path, pemOf(certificateOf(wish)));
      return path;
    };
    const rootFile = file('root.pem', { ca: true, ...root });
    const verdictOf = (one: Case): boolean => {
      const { status, stderr } = spawnSync('openssl', [
        'verify',
        ...['-attime', String(NOON / 1000), '-CAfile', rootFile],
        ...['-untrusted', file('middle.pem', { ca: true, ...middleOf(one, false) })],
        file('leaf.pem', leafWish(one)),
      ]);
      if (status !== 0) assert.match(stderr.toString(), /error (47|48|49|51|53) at/);
      return status === 0;
    };
    for (const [name, one] of Object.entries(good)) assert.ok(verdictOf(one), name);
    for (const [name, one] of Object.entries(refused)) assert.ok(!verdictOf(one), name);
  });
});
