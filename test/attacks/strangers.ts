// Certificates that are sound for all their authority says, and strange: what OpenSSL's command line does not make.

import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { Certificate, Extension } from '@peculiar/asn1-x509';
import { type CertificateWish, certificateOf, DAY, keyOf, pemOf } from '../security/issuing.ts';
import type { Credentials } from './message.ts';

const home = mkdtempSync(join(tmpdir(), 'kontakt-strangers-'));
process.once('exit', () => rmSync(home, { recursive: true, force: true }));

const now = Date.now();
const period = { from: now - DAY, until: now + 30 * DAY };
const RSA = { issuer: 'Strange Root' };
const ELLIPTIC = { issuer: 'Strange Curve Root', issuerKey: 'strange curve', scheme: 'ecdsa' } as const;

const written = (name: string, ...certificates: Buffer[]): string => {
  const file = join(home, name);
  writeFileSync(file, certificates.map((der) => pemOf(der)).join(''));
  return file;
};
const made = new Map<string, Buffer>();
const once = (name: string, make: () => Buffer): Buffer => {
  const der = made.get(name) ?? make();
  made.set(name, der);
  return der;
};
const leaf = (name: string, wish: Partial<CertificateWish>): Buffer =>
  once(name, () => certificateOf({ subject: name, key: 'stranger', ...RSA, ...period, ...wish }));

/** The authorities to trust: one with RSA, one with ECDSA. */
export const trusted = (): string[] => [
  written(
    'trusted.pem',
    once('root', () => certificateOf({ subject: RSA.issuer, ca: true, ...period })),
    once('curve', () =>
      certificateOf({
        subject: ELLIPTIC.issuer,
        key: ELLIPTIC.issuerKey,
        scheme: ELLIPTIC.scheme,
        ca: true,
        ...period,
      }),
    ),
  ),
];

export const certificates = {
  first: () => leaf('first', {}),
  /** The same key once more, as when a certificate is renewed. */
  renewed: () => leaf('renewed', {}),
  elliptic: () => leaf('elliptic', ELLIPTIC),
  /** Trusted by nobody, with a number that RFC 5280 forbids. */
  negative: () => leaf('negative', { issuer: 'negative', issuerKey: 'stranger', serialOctets: [0xf6] }),
  negativeButTrusted: () => leaf('negative but trusted', { serialOctets: [0xf6] }),
  /** Trusted by nobody, with the key identifier of somebody else. */
  borrowed: (keyIdentifier: Buffer) =>
    certificateOf({ subject: 'borrowed', key: 'stranger', ...period, keyIdentifier }),
  /** Trusted, and full of extensions that nobody asked for. */
  overgrown: () =>
    leaf('overgrown', {
      extensions: Array.from(
        { length: 1000 },
        () => new Extension({ extnID: '1.2.3', extnValue: new OctetString(1) }),
      ),
    }),
  ofKey: (publicKey: KeyObject) => leaf('of another key', { publicKey }),
} as const;

/** The files of callers that are known beforehand. */
export const known = (): string[] => [
  written('known.pem', certificates.first(), certificates.renewed(), certificates.negativeButTrusted()),
];

/** Signs with the strangers' one key under one of their certificates. */
export const stranger = (der: Buffer): Credentials => ({
  certificatePem: pemOf(der),
  keyPem: keyOf('stranger').export({ type: 'pkcs8', format: 'pem' }).toString(),
});

const ORDER_P256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const integer = (value: bigint): Buffer => {
  const digits = value.toString(16);
  const octets = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex');
  const content = (octets[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), octets]) : octets;
  return Buffer.concat([Buffer.of(2, content.length), content]);
};

/** Another form of a certificate that was signed with ECDSA, made without the authority's key: s becomes n−s. */
export const twin = (der: Buffer): Buffer => {
  const certificate = AsnConvert.parse(der, Certificate);
  const signature = Buffer.from(certificate.signatureValue);
  const lengthOfR = signature[3] ?? 0;
  const r = signature.subarray(2, 4 + lengthOfR);
  const s = BigInt(`0x${signature.subarray(6 + lengthOfR).toString('hex')}`);
  const content = Buffer.concat([r, integer(ORDER_P256 - s)]);
  certificate.signatureValue = Uint8Array.from([0x30, content.length, ...content]).buffer;
  return Buffer.from(AsnConvert.serialize(certificate));
};

/** An RSA key with the exponent 1: what is signed with it, anybody can sign. */
export const nobodysKey = (): KeyObject =>
  createPublicKey({
    key: { kty: 'RSA', n: Buffer.alloc(256, 0xff).toString('base64url'), e: 'AQ' },
    format: 'jwk',
  });
