// Which algorithms certificates and revocation lists may be signed with, and how such a signature is checked.

import { constants, type KeyObject, verify } from 'node:crypto';
import type { AlgorithmIdentifier } from '@peculiar/asn1-x509';

/** How a certificate or a list says that it was signed. */
export interface SignatureScheme {
  /** For people, such as `sha256WithRSA`. */
  readonly name: string;
  /** Undefined: not accepted, because it is broken or nobody here knows it. */
  readonly hash: 'sha256' | 'sha384' | 'sha512' | undefined;
  readonly pss: boolean;
}

type Named = Pick<SignatureScheme, 'name' | 'hash'>;

// The certificates of the SOAP era are signed with SHA-256 [O]; collisions of MD5 and SHA-1 make certificates forgeable.
const SCHEMES: Readonly<Record<string, Named>> = {
  '1.2.840.113549.1.1.4': { name: 'md5WithRSA', hash: undefined },
  '1.2.840.113549.1.1.5': { name: 'sha1WithRSA', hash: undefined },
  '1.2.840.113549.1.1.11': { name: 'sha256WithRSA', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { name: 'sha384WithRSA', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { name: 'sha512WithRSA', hash: 'sha512' },
  '1.2.840.10045.4.1': { name: 'ecdsa-with-SHA1', hash: undefined },
  '1.2.840.10045.4.3.2': { name: 'ecdsa-with-SHA256', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { name: 'ecdsa-with-SHA384', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { name: 'ecdsa-with-SHA512', hash: 'sha512' },
};

const RSASSA_PSS = '1.2.840.113549.1.1.10';

/** The beginning of RSASSA-PSS-params that name SHA-256, -384 or -512, with or without NULL (RFC 4055 §3.1). */
const PSS_HASH = /^30(?:81)?..a0(?:0f300d|0d300b)060960864801650304020([123])/;
const PSS_HASHES: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  1: 'sha256',
  2: 'sha384',
  3: 'sha512',
};

/** Reads an algorithm identifier. PSS without parameters means SHA-1 and is not accepted either. */
export const schemeOf = ({ algorithm, parameters }: AlgorithmIdentifier): SignatureScheme => {
  if (algorithm !== RSASSA_PSS) {
    return { ...(SCHEMES[algorithm] ?? { name: algorithm, hash: undefined }), pss: false };
  }
  const digit = PSS_HASH.exec(Buffer.from(parameters ?? new ArrayBuffer(0)).toString('hex'))?.[1] ?? '';
  const hash = PSS_HASHES[digit];
  return { name: `RSASSA-PSS with ${hash ?? 'another hash than SHA-2'}`, hash, pss: true };
};

/**
 * Why an RSA key is too weak; undefined when it is not, or is no RSA key. With the exponent 1 a signature is the padded
 * digest itself, which anybody can write (FIPS 186-5 §5.4).
 */
export const weaknessOf = (
  { asymmetricKeyDetails: { modulusLength, publicExponent } = {} }: KeyObject,
  minimumBits: number,
): string | undefined => {
  if (modulusLength === undefined) return undefined;
  if (modulusLength < minimumBits) return `${modulusLength} bits`;
  const exponent = publicExponent ?? 0n;
  return exponent < 3n || exponent % 2n === 0n ? `the public exponent ${exponent}` : undefined;
};

/** Whether the signature over the octets is by this key; false too where the scheme is not accepted or the key of another kind. */
export const isSignedBy = (
  { hash, pss }: SignatureScheme,
  octets: Buffer,
  signature: Buffer,
  key: KeyObject,
): boolean => {
  if (!hash) return false;
  const padding = pss
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
    : {};
  try {
    return verify(hash, octets, { key, ...padding }, signature);
  } catch {
    return false;
  }
};
