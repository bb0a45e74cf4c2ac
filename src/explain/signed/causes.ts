// What is told of a SignatureValue that does not verify.

import type { Cause } from '../hypothesis.ts';
import { spellings } from './value.ts';

const RULE = 'XML Signature §3.2.2: SignatureValue is over the canonical octets of SignedInfo';

export const signedInfoChanged: Cause = {
  cause: 'signed-info-changed',
  sentence: 'SignedInfo was changed after it was signed',
  why: 'What changes the message behind the signer changes SignedInfo as well, or it alone.',
  rule: RULE,
  remedy: 'send SignedInfo as it was signed: nothing behind the signer may write the Security header anew',
};
export const canonicalizedOtherwise: Cause = {
  cause: 'signed-info-canonicalized-otherwise',
  sentence: 'SignedInfo was signed in another canonical form than CanonicalizationMethod says',
  why: 'CanonicalizationMethod says one form, and the signer makes another.',
  rule: RULE,
  remedy: 'canonicalize SignedInfo in its place in the envelope, by the method that the message writes',
};
export const raw: Cause = {
  cause: 'signed-info-raw',
  sentence: 'the text of SignedInfo was signed as it is written: it was never canonicalized',
  why: 'The signer signs the text of SignedInfo as it stands in its template, without canonicalization.',
  rule: RULE,
  remedy: 'canonicalize SignedInfo in its place in the envelope, then sign those octets',
};
export const ofOtherElement: Cause = {
  cause: 'signature-of-other-element',
  sentence: 'the signature is over another part of the message, not over SignedInfo',
  why: 'The signer signs the octets of the Body, or of another element, in place of SignedInfo.',
  rule: RULE,
  remedy: 'hash the parts into DigestValue, and sign the canonical octets of SignedInfo',
};
export const ofDigest: Cause = {
  cause: 'signature-of-digest',
  sentence: 'a digest of SignedInfo was signed as if it were SignedInfo: it was hashed twice',
  why: 'The code hashes SignedInfo, and hands the digest to a function that hashes again.',
  rule: RULE,
  remedy:
    'hand the octets of SignedInfo to a function that signs octets, or their digest to one that signs a digest',
  stacks: { WCF: 'SignHash for a digest, SignData for octets' },
};
export const withoutDigestInfo: Cause = {
  cause: 'signature-without-digest-info',
  sentence: 'the bare digest was encrypted with the private key, without the DigestInfo around it',
  why: 'The digest is encrypted with the private key as it is. RSA signatures put a DigestInfo around it, which names the hash.',
  rule: 'RFC 8017 §9.2, EMSA-PKCS1-v1_5',
  remedy:
    'sign with the function for RSA signatures (openssl_sign, Signature.getInstance("SHA256withRSA")), not with one that encrypts',
  stacks: { PHP: 'openssl_sign, not openssl_private_encrypt' },
};
export const pss: Cause = {
  cause: 'signature-pss',
  sentence: 'the signature is RSASSA-PSS, while SignatureMethod says RSASSA-PKCS1-v1_5',
  why: "The library's default padding is PSS.",
  rule: 'XML Signature §6.4.2; RFC 8017 §8.2',
  remedy: 'sign with PKCS#1 version 1.5 padding',
};
export const otherHash = (used: string, declared: string): Cause => ({
  cause: 'signature-of-other-hash',
  sentence: `the signature was made with ${used}, while SignatureMethod says ${declared}`,
  why: 'SignatureMethod was changed to rsa-sha256 in a template, and the code still signs by SHA-1; or the reverse.',
  rule: RULE,
  remedy: `sign with ${declared}, or write the SignatureMethod of ${used}`,
});
export const truncated = (bytes: number, expected: number): Cause => ({
  cause: 'signature-truncated',
  sentence: `SignatureValue has ${bytes} bytes, where a signature by the key of the certificate has ${expected}`,
  why: 'The buffer or the field is too short for a signature of this key.',
  rule: RULE,
  remedy:
    'write the whole signature; where all of it is there, another key has signed than that of the certificate',
});
export const wrongKey = (owner: string | undefined): Cause => ({
  cause: 'wrong-key',
  sentence:
    owner === undefined
      ? 'the signature is by no key of the certificate that the message carries'
      : `the signature is by the key of ${owner}, not by that of the certificate that the message carries`,
  why: 'A certificate was renewed and its key was not; or two key stores have the same alias.',
  rule: 'WSS X.509 Token Profile 1.1 §3.3: the token is the certificate of the key that signs',
  remedy:
    'send the certificate of the key that signs: compare the public keys of both (openssl x509 -pubkey; openssl pkey -pubout)',
  stacks: {
    'CXF/WSS4J': 'signatureUser and its alias in the keystore name key and certificate together',
    zeep: 'Signature(key_file, certfile) takes files that belong together',
  },
});

/** All that may be told of a SignatureValue; where a name or a number belongs into the sentence, one stands for all. */
export const signatureCauses: readonly Cause[] = [
  wrongKey('another client'),
  signedInfoChanged,
  canonicalizedOtherwise,
  raw,
  ofOtherElement,
  otherHash('another hash', 'sha256'),
  ofDigest,
  withoutDigestInfo,
  pss,
  ...spellings,
  truncated(200, 256),
];
