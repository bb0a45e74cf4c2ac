// Serial numbers as they really occur: negative, with and without leading zeros, and in lists of tens of thousands.

import assert from 'node:assert/strict';
import { names } from '../../src/security/trust/known-certificates.ts';
import { readRevocationList } from '../../src/security/trust/revocation-list.ts';
import { type CertificateWish, certificateOf, listOf } from './issuing.ts';
import { leafOf, trusting, verdictOn } from './trusting.ts';

const leaf = (serialOctets: readonly number[]): CertificateWish => ({
  subject: 'leaf',
  issuer: 'Root',
  serialOctets,
});
const revoking = (revokedOctets: readonly number[]) =>
  trusting([{ subject: 'Root' }], [listOf({ issuer: 'Root', revoked: [1], revokedOctets })]);
const isNamed = (octets: readonly number[], serial: string): boolean =>
  names({ kind: 'issuerSerial', issuer: 'CN=Root', serial }, leafOf(leaf(octets)));

describe('a serial number', () => {
  it('that is negative is revoked by the list that has it', () => {
    assert.equal(verdictOn(revoking([0xf6]), leaf([0xf6])), 'revoked');
    assert.equal(verdictOn(revoking([0x80, 0x01]), leaf([0x80, 0x01])), 'revoked');
  });

  it('is not revoked for another one of the same octets but for a leading zero', () => {
    assert.equal(verdictOn(revoking([0xf6]), leaf([0x00, 0xf6])), 'good');
    assert.equal(verdictOn(revoking([0x00, 0xf6]), leaf([0xf6])), 'good');
    assert.equal(verdictOn(revoking([0x00, 0xf6]), leaf([0x00, 0xf6])), 'revoked');
  });

  it('is named in decimal, with its sign', () => {
    assert.ok(isNamed([0xf6], '-10') && !isNamed([0xf6], '10') && !isNamed([0xf6], '246'));
    assert.ok(isNamed([0x00, 0xf6], '246') && !isNamed([0x00, 0xf6], '-10'));
    assert.ok(isNamed([0x00], '0'));
  });
});

describe('large and strange material', () => {
  it('a revocation list of 10,000 entries is read', () => {
    const revoked = Array.from({ length: 10_000 }, (_, place) => place);
    const list = readRevocationList(listOf({ issuer: 'Root', revoked }));
    assert.ok(!('unfit' in list), 'unfit' in list ? list.unfit : '');
    assert.equal(list.entries, 10_000);
  });

  it('a certificate is read although its names hold what XML cannot', () => {
    const { subject } = leafOf(certificateOf({ subject: 'a\u0000b\uffffc', organisation: '' }));
    assert.ok(subject.includes('a\u0000b\uffffc'), subject);
  });
});
