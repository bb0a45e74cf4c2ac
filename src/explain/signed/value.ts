// What an RSA signature holds, without knowing what was signed: its DigestInfo, recovered with the public key.

import { constants, type KeyObject, publicDecrypt, verify } from 'node:crypto';
import type { Cause } from '../hypothesis.ts';

const RULE = 'XML Signature §6.4.2; RFC 8017 §8.2: RSASSA-PKCS1-v1_5, the base64 of its bytes';

/** The beginnings of a DigestInfo (RFC 8017 §9.2), before the digest itself. */
const DIGEST_INFOS: readonly (readonly [name: string, start: Buffer])[] = (
  [
    ['sha1', '3021300906052b0e03021a05000414'],
    ['sha224', '302d300d06096086480165030402040500041c'],
    ['sha256', '3031300d060960864801650304020105000420'],
    ['sha384', '3041300d060960864801650304020205000430'],
    ['sha512', '3051300d060960864801650304020305000440'],
    ['md5', '3020300c06082a864886f70d020505000410'],
  ] as const
).map(([name, start]) => [name, Buffer.from(start, 'hex')]);

const inHex: Cause = {
  cause: 'signature-in-hex',
  sentence: 'SignatureValue holds the signature in hexadecimal',
  why: 'The signature is written in hexadecimal where base64 belongs.',
  rule: RULE,
  remedy: 'write the base64 of the signature’s bytes',
};
const base64Twice: Cause = {
  cause: 'signature-base64-twice',
  sentence: 'SignatureValue holds the base64 of the signature’s base64',
  why: 'The library returns base64 already, and the code encodes it once more.',
  rule: RULE,
  remedy: 'encode the bytes of the signature once',
  stacks: { 'xml-crypto': 'getSignature returns sign(key, "base64"): do not encode that again' },
};
const reversed: Cause = {
  cause: 'signature-reversed',
  sentence: 'the bytes of the signature stand in reverse order',
  why: 'CryptoAPI of Windows returns the bytes of a signature in reverse order.',
  rule: RULE,
  remedy: 'reverse the bytes that CryptoAPI (CryptSignHash) gives: it writes the least significant first',
};

/** What may have been done to the bytes of a signature. */
export const spellings: readonly Cause[] = [inHex, base64Twice, reversed];

/** The signature as it can be read, and what was done to it on the way. */
export interface Recovered {
  readonly done: readonly Cause[];
  /** The hash that the signature names; undefined: it has no DigestInfo. */
  readonly hash: string | undefined;
  readonly digest: Buffer;
}

const decrypted = (value: Buffer, key: KeyObject): Buffer | undefined => {
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, value);
  } catch {
    return undefined;
  }
};

const spelled = (value: Buffer): { readonly value: Buffer; readonly done: readonly Cause[] }[] => {
  const text = value.toString('latin1');
  const base64 = value.toString('base64');
  return [
    { value, done: [] },
    { value: Buffer.from(value).reverse(), done: [reversed] },
    ...[text, base64]
      .filter((one) => /^(?:[0-9a-f]{2}){64,}$/i.test(one))
      .map((one) => ({ value: Buffer.from(one, 'hex'), done: [inHex] })),
    ...(/^[A-Za-z0-9+/\s]{80,}={0,2}\s*$/.test(text)
      ? [{ value: Buffer.from(text, 'base64'), done: [base64Twice] }]
      : []),
  ];
};

/** Undefined: it is no such signature by that key, in no spelling. */
export const recover = (value: Buffer, key: KeyObject): Recovered | undefined => {
  for (const { value: bytes, done } of spelled(value)) {
    const inside = decrypted(bytes, key);
    if (!inside) continue;
    const info = DIGEST_INFOS.find(([, start]) => inside.subarray(0, start.length).equals(start));
    return { done, hash: info?.[0], digest: info ? inside.subarray(info[1].length) : inside };
  }
  return undefined;
};

/** The hash of an RSASSA-PSS signature that verifies; undefined: it is none. */
export const pssHash = (octets: Buffer, value: Buffer, key: KeyObject): string | undefined =>
  ['sha256', 'sha1', 'sha512', 'sha384'].find((name) => {
    try {
      return verify(
        name,
        octets,
        { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
        value,
      );
    } catch {
      return false;
    }
  });
