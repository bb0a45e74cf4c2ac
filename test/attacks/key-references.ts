// The ways in which KeyInfo names a certificate without carrying it, written for messages of the attacks.

import { createHash, X509Certificate } from 'node:crypto';
import { derOf, keyInfoOf } from './message.ts';
import { URI } from './names.ts';

export const SKI: string = URI.subjectKeyIdentifier;
export const THUMBPRINT: string = URI.thumbprint;

const str = (inside: string): string =>
  `<wsse:SecurityTokenReference>${inside}</wsse:SecurityTokenReference>`;

/** What a certificate is named by. */
export interface Named {
  readonly issuer: string;
  readonly serial: string;
  readonly ski: string;
  readonly thumbprint: string;
}

const sha1 = (octets: Buffer): string => createHash('sha1').update(octets).digest('base64');

/** OpenSSL's order is that of the certificate; RFC 2253 has the other. Names of the tests need no escapes. */
const rfc2253 = (name: string): string => name.split('\n').reverse().join(',');

/** The SubjectKeyIdentifier, which the test PKI and OpenSSL make of the key as RFC 5280 §4.2.1.2 (1) has it. */
const keyIdentifierOf = (certificate: X509Certificate): string => {
  const key = certificate.publicKey.export({ type: 'pkcs1', format: 'der' });
  return sha1(key);
};

export const namedBy = (pem: string): Named => {
  const der = derOf(pem);
  const certificate = new X509Certificate(der);
  return {
    issuer: rfc2253(certificate.issuer),
    serial: BigInt(`0x${certificate.serialNumber}`).toString(),
    ski: keyIdentifierOf(certificate),
    thumbprint: sha1(der),
  };
};

export const issuerSerial = (issuer: string, serial: string): string =>
  `<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>${issuer}</ds:X509IssuerName><ds:X509SerialNumber>${serial}</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>`;
export const keyIdentifier = (value: string, type: string = SKI, encoding: string = URI.base64): string =>
  `<wsse:KeyIdentifier EncodingType="${encoding}" ValueType="${type}">${value}</wsse:KeyIdentifier>`;

/** KeyInfo with one SecurityTokenReference. */
export const named = (inside: string): string => keyInfoOf(str(inside));

/** Each way to name the certificate, complete. */
export const ways = {
  issuerSerial: (pem: string): string => {
    const { issuer, serial } = namedBy(pem);
    return named(issuerSerial(issuer, serial));
  },
  subjectKeyIdentifier: (pem: string): string => named(keyIdentifier(namedBy(pem).ski)),
  thumbprint: (pem: string): string => named(keyIdentifier(namedBy(pem).thumbprint, THUMBPRINT)),
} as const;
export type Way = keyof typeof ways;
export const wayNames = Object.keys(ways) as Way[];

/** Knobs of a message that carries no certificate. */
export const uncarried = { order: ['timestamp', 'signature'] } as const;
