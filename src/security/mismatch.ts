// Why a digest or a signature is wrong, as far as it can be established; what is not known is said to be unknown.
//
// Asked only of a message that is refused already. The trials are few, and a large element is not tried again and again.

import { constants, hash, type KeyObject, publicDecrypt, verify } from 'node:crypto';
import type { XmlDocument } from 'libxml2-wasm';
import type { Hash } from './algorithms.ts';
import { type Trial, trialsOfReference, trialsOfSignedInfo } from './canonical-trials.ts';
import type { ResolvedReference } from './coverage.ts';
import type { Reason } from './problems.ts';
import type { Signature } from './signature.ts';

/** What was established, and what to do about it. */
type Finding = Pick<Reason, 'found' | 'remedy'>;

/** In octets. */
const LARGEST = 64 * 1024;
const HASHES = ['sha1', 'sha256', 'sha384', 'sha512', 'md5'] as const;

const FIND_OUT =
  '“kontakt explain” with the file, or with the number of the exchange, finds out which, where that can be proved';

/** The bytes that a DigestValue may mean: those that it says, or a digest in hexadecimal, as text or decoded again. */
const readings = (digest: Buffer): { digest: Buffer; how: string }[] => {
  const hex = /^(?:[0-9a-f]{2}){16,64}$/i;
  const texts = [digest.toString('base64'), digest.toString('latin1')].filter((text) => hex.test(text));
  return [
    { digest, how: '' },
    ...texts.map((text) => ({
      digest: Buffer.from(text, 'hex'),
      how: 'and written in hexadecimal, while DigestValue is the base64 of its bytes',
    })),
  ];
};

/** In which ways a digest is right that is wrong as it is written; undefined: in none that was tried. */
const departures = (trials: readonly Trial[], digest: Buffer, declared: string): string | undefined => {
  const meanings = readings(digest);
  for (const { how, octets } of trials) {
    for (const name of HASHES) {
      const right = hash(name, octets, 'buffer');
      const reading = meanings.find((one) => one.digest.equals(right));
      if (!reading) continue;
      return [how, name !== declared && `with ${name}, while DigestMethod says ${declared}`, reading.how]
        .filter((part) => part)
        .join('; ');
    }
  }
  return undefined;
};

/**
 * What is known of a digest that is not the declared one.
 *
 * @param declared the hash that DigestMethod says
 * @param canonical the octets that count
 * @param certificate the signer’s, DER
 */
export const explainDigest = (
  document: XmlDocument,
  reference: ResolvedReference,
  declared: Hash,
  canonical: Buffer,
  certificate: Buffer | undefined,
): Finding => {
  const { digest } = reference;
  const small = canonical.length <= LARGEST;
  const how = small
    ? departures(trialsOfReference(document, reference, certificate), digest, declared)
    : undefined;
  if (how) {
    return {
      found: `nothing that was signed has changed; the digest was made ${how}`,
      remedy:
        'let the client write the Transform, DigestMethod and DigestValue of what it does, or do what it writes',
    };
  }
  const actual = hash(declared, canonical, 'buffer');
  const length =
    digest.length === actual.length
      ? ''
      : `; DigestValue has ${digest.length} bytes, where ${declared} gives ${actual.length}`;
  const tried = small
    ? 'no other canonical form, and no other hash, gives the declared digest'
    : 'other canonical forms were not tried over so many octets';
  return {
    found: `${actual.toString('base64')}, over ${canonical.length} canonical octets of what arrived${length}; ${tried}`,
    remedy: `either the element changed after it was signed (a proxy or logger that reformats XML, a step of the client after its signer), or the digest was made over something else; ${FIND_OUT}`,
  };
};

/** The beginnings of a DigestInfo (RFC 8017 §9.2), before the digest itself. */
const DIGEST_INFOS: readonly (readonly [name: string, hexadecimal: string])[] = [
  ['sha1', '3021300906052b0e03021a05000414'],
  ['sha256', '3031300d060960864801650304020105000420'],
  ['sha384', '3041300d060960864801650304020205000430'],
  ['sha512', '3051300d060960864801650304020305000440'],
  ['md5', '3020300c06082a864886f70d020505000410'],
];

const recovered = (value: Buffer, key: KeyObject): Buffer | undefined => {
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, value);
  } catch {
    return undefined;
  }
};

const isPss = (octets: Buffer, value: Buffer, key: KeyObject): string | undefined =>
  ['sha256', 'sha1', 'sha512'].find((name) =>
    verify(
      name,
      octets,
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO },
      value,
    ),
  );

const OTHER_KEY: Finding = {
  found: 'it is no signature of this kind by that key, over whatever octets',
  remedy:
    'check first that the token is the certificate of the key that signs (compare their public keys); else SignatureValue itself was changed',
};

/** Of a signature that the key has made: over what. */
const explainSigned = (
  document: XmlDocument,
  { signedInfo, canonicalization }: Signature,
  declared: Hash,
  canonical: Buffer,
  inside: Buffer,
): Finding => {
  const info = DIGEST_INFOS.find(([, start]) => inside.toString('hex').startsWith(start));
  const name = info?.[0] ?? declared;
  const digest = info ? inside.subarray(info[1].length / 2) : inside;
  const small = canonical.length <= LARGEST;
  for (const { how, octets } of small ? trialsOfSignedInfo(document, signedInfo, canonicalization) : []) {
    const once = hash(name, octets, 'buffer');
    const twice = hash(name, once, 'buffer');
    if (!digest.equals(once) && !digest.equals(twice)) continue;
    const parts = [
      how,
      name !== declared && `with ${name}, while SignatureMethod says ${declared}`,
      digest.equals(twice) && 'over a digest of SignedInfo, which was hashed once more',
      !info && 'without a DigestInfo (RFC 8017 §9.2)',
    ];
    return {
      found: `the key is that of the certificate and SignedInfo has not changed; the signature was made ${parts.filter((part) => part).join('; ')}`,
      remedy: 'let the client write the methods that it uses, or use those that it writes',
    };
  }
  return {
    found: `the key is that of the certificate, but it signed other octets: their ${name} is ${digest.toString('base64')}, that of SignedInfo as it arrived ${hash(name, canonical, 'base64')}`,
    remedy: `either SignedInfo changed after it was signed (also a prefix, white space, an attribute), or it was canonicalized in a way of the client’s own; ${FIND_OUT}`,
  };
};

/**
 * What is known of a SignatureValue that does not verify.
 *
 * @param declared the hash that SignatureMethod says
 * @param canonical the octets of SignedInfo that count
 */
export const explainSignature = (
  document: XmlDocument,
  signature: Signature,
  declared: Hash,
  canonical: Buffer,
  key: KeyObject,
): Finding => {
  const { value } = signature;
  if (key.asymmetricKeyType !== 'rsa') {
    return {
      found: `the key of the certificate is of the kind ${key.asymmetricKeyType}, the signature method is of RSA`,
      remedy: 'sign with an RSA key',
    };
  }
  const bytes = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  if (value.length !== bytes) {
    return {
      found: `SignatureValue has ${value.length} bytes; a signature by this key has ${bytes}`,
      remedy:
        'either the key that signs is not that of the certificate, or SignatureValue holds something else than the bare signature, or not all of it',
    };
  }
  const inside = recovered(value, key);
  if (inside) return explainSigned(document, signature, declared, canonical, inside);
  const pss = isPss(canonical, value, key);
  return pss
    ? {
        found: `the key is that of the certificate and SignedInfo has not changed; the signature was made by RSASSA-PSS with ${pss}`,
        remedy: 'sign by RSASSA-PKCS1-v1_5, as SignatureMethod says',
      }
    : OTHER_KEY;
};
