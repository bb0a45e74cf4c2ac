// A trust store from wishes, and its verdict in one word: what the tests of trust have in common.

import assert from 'node:assert/strict';
import { isProblem } from '../../src/kernel/problem.ts';
import { type Certificate, readCertificate } from '../../src/security/trust/certificate.ts';
import { createTrustStore, type TrustStore } from '../../src/security/trust/trust.ts';
import { type CertificateWish, certificateOf, NOON, pemOf } from './issuing.ts';

export const leafOf = (wish: CertificateWish | Buffer): Certificate => {
  const certificate = readCertificate(Buffer.isBuffer(wish) ? wish : certificateOf(wish));
  assert.ok(certificate, 'a certificate of the test cannot be read');
  return certificate;
};

/** Trusts these authorities, in this order. */
export const trusting = (
  authorities: readonly (CertificateWish | Buffer)[],
  lists: readonly Buffer[] = [],
): TrustStore =>
  createTrustStore(
    authorities.map((one) => pemOf(Buffer.isBuffer(one) ? one : certificateOf({ ca: true, ...one }))),
    lists,
  );

/** `good`, or the code of the problem without what all of them begin with. */
export const verdictOn = (
  store: TrustStore,
  leaf: CertificateWish | Buffer,
  now = NOON,
  bits?: number,
): string => {
  const verdict = store.judge(leafOf(leaf), now, bits);
  return isProblem(verdict) ? verdict.problem.replace('security.certificate-', '') : 'good';
};

/** What the explanation says was found; fails where the certificate is trusted. */
export const foundIn = (store: TrustStore, leaf: CertificateWish | Buffer, now = NOON): string => {
  const verdict = store.judge(leafOf(leaf), now);
  assert.ok(isProblem(verdict), 'it was trusted');
  for (const part of ['check', 'expected', 'rule', 'remedy'] as const) {
    assert.ok(verdict.explanation[part], part);
  }
  return verdict.explanation.found;
};
