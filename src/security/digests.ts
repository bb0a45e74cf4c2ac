// Step 8: the cryptography. First the signature over SignedInfo, then, now that they can be believed, the digests.
//
// A refusal says what was compared and no more: what somebody did to the message is searched by src/explain, when it is asked for.

import { hash, type KeyObject, verify } from 'node:crypto';
import { shortened } from '../kernel/brief.ts';
import type { Problem } from '../kernel/problem.ts';
import { placeOf } from '../xml/place.ts';
import { digestMethods, type Hash, signatureMethods } from './algorithms.ts';
import type { Anatomy } from './anatomy.ts';
import type { ResolvedReference } from './coverage.ts';
import { type Reason, type SecurityProblem, securityProblem } from './problems.ts';
import type { Signature } from './signature.ts';
import type { Certificate } from './trust/certificate.ts';

/** An algorithm that nobody allowed: asked about only where a message is taken apart that is refused for it. */
const unknownMethod = (check: string, found: string): Problem<SecurityProblem> =>
  securityProblem('security.algorithm', {
    check,
    expected: 'an algorithm that is known',
    found: shortened(found, 200) || '(none)',
    rule: 'WSS 1.1 §12',
    remedy: 'use an algorithm of the profile (kontakt contract --security)',
  });

const FIND_OUT =
  '“kontakt explain” with the file, or with the number of the exchange, finds out which, where that can be proved';

/** What is seen of a SignatureValue that does not verify, without any search. */
const wrongValue = (value: Buffer, canonical: Buffer, key: KeyObject): Pick<Reason, 'found' | 'remedy'> => {
  if (key.asymmetricKeyType !== 'rsa') {
    return {
      found: `the key of the certificate is of the kind ${key.asymmetricKeyType}, the signature method is of RSA`,
      remedy: 'sign with an RSA key',
    };
  }
  const bytes = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  return {
    found:
      value.length === bytes
        ? `it is none over the ${canonical.length} canonical octets of SignedInfo as it arrived`
        : `SignatureValue has ${value.length} bytes; a signature by this key has ${bytes}`,
    remedy: `either the key that signs is not that of the certificate, or SignedInfo changed after it was signed, or the signature was made in another way than the message says; ${FIND_OUT}`,
  };
};

/** What is seen of a digest that is wrong, without any search. */
const wrongDigest = (declared: Buffer, canonical: Buffer, method: Hash): Pick<Reason, 'found' | 'remedy'> => {
  const actual = hash(method, canonical, 'buffer');
  const length =
    declared.length === actual.length
      ? ''
      : `; DigestValue has ${declared.length} bytes, where ${method} gives ${actual.length}`;
  return {
    found: `${actual.toString('base64')}, over ${canonical.length} canonical octets of what arrived${length}`,
    remedy: `either the element changed after it was signed (a proxy or logger that reformats XML, a step of the client after its signer), or the digest was made over something else; ${FIND_OUT}`,
  };
};

/** Verifies SignedInfo with the key of the signer's certificate. */
export const verifySignatureValue = (
  { signedInfo }: Anatomy,
  signature: Signature,
  { publicKey, subject }: Certificate,
): Problem<SecurityProblem> | undefined => {
  const signed = signedInfo();
  if ('problem' in signed) return signed;
  const digest = signatureMethods.get(signature.signatureMethod);
  if (!digest) return unknownMethod('signature method', signature.signatureMethod);
  // All signature methods are of RSA; with a key of another kind node:crypto verifies something else, or throws.
  const fits = publicKey.asymmetricKeyType === 'rsa';
  if (fits && verify(digest, signed, publicKey, signature.value)) return undefined;
  return securityProblem('security.signature-value', {
    check: 'SignatureValue over SignedInfo',
    expected: `a signature by the key of ${subject}`,
    rule: 'XML Signature §3.2.2',
    ...wrongValue(signature.value, signed, publicKey),
    where: placeOf(signature.signedInfo),
  });
};

/**
 * Verifies the digest of a reference, wanted by the profile or not.
 *
 * @param certificate the signer's: what an STR-Transform is about where KeyInfo only names it
 */
export const verifyDigest = (
  { octets }: Anatomy,
  reference: ResolvedReference,
  certificate: Certificate | undefined,
): Problem<SecurityProblem> | undefined => {
  const { target, id, digestMethod, digest } = reference;
  const canonical = octets(reference, certificate);
  if ('problem' in canonical) return canonical;
  const name = digestMethods.get(digestMethod);
  if (!name) return unknownMethod('digest method', digestMethod);
  if (hash(name, canonical, 'buffer').equals(digest)) return undefined;
  return securityProblem('security.digest', {
    check: `digest of ${target.name} (Id "${shortened(id)}")`,
    expected: `${shortened(digest.toString('base64'), 100)}, as signed`,
    rule: 'XML Signature §3.2.1',
    ...wrongDigest(digest, canonical, name),
    where: placeOf(target),
  });
};
