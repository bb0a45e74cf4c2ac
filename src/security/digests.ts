// Step 8: the cryptography. First the signature over SignedInfo, then, now that they can be believed, the digests.

import { hash, verify } from 'node:crypto';
import type { XmlDocument } from 'libxml2-wasm';
import { shortened } from '../kernel/brief.ts';
import type { Problem } from '../kernel/problem.ts';
import { placeOf } from '../xml/place.ts';
import { digestMethods, signatureMethods } from './algorithms.ts';
import type { Coverage } from './coverage.ts';
import { explainDigest, explainSignature } from './mismatch.ts';
import { referenceOctets, signedInfoOctets } from './octets.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import type { Signature } from './signature.ts';
import type { Signer } from './signer.ts';

/** An algorithm that nobody allowed: asked about only where a message is taken apart that is refused for it. */
const unknownMethod = (check: string, found: string): Problem<SecurityProblem> =>
  securityProblem('security.algorithm', {
    check,
    expected: 'an algorithm that is known',
    found: shortened(found, 200) || '(none)',
    rule: 'WSS 1.1 §12',
    remedy: 'use an algorithm of the profile (kontakt contract --security)',
  });

/** Verifies SignedInfo with the signer's key. */
export const verifySignatureValue = (
  document: XmlDocument,
  signature: Signature,
  { certificate: { publicKey, subject } }: Signer,
): Problem<SecurityProblem> | undefined => {
  const signed = signedInfoOctets(document, signature);
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
    ...explainSignature(document, signature, digest, signed, publicKey),
  });
};

/**
 * Verifies the digest of every reference, wanted by the profile or not.
 *
 * @param certificate the signer's, DER: what an STR-Transform is about where KeyInfo only names it
 */
export const verifyDigests = (
  document: XmlDocument,
  { references }: Coverage,
  certificate: Buffer | undefined,
): Problem<SecurityProblem> | undefined => {
  for (const reference of references) {
    const { target, id, digestMethod, digest } = reference;
    const canonical = referenceOctets(document, reference, certificate);
    if ('problem' in canonical) return canonical;
    const name = digestMethods.get(digestMethod);
    if (!name) return unknownMethod('digest method', digestMethod);
    if (hash(name, canonical, 'buffer').equals(digest)) continue;
    return securityProblem('security.digest', {
      check: `digest of ${target.name} (Id "${shortened(id)}")`,
      expected: `${shortened(digest.toString('base64'), 100)}, as signed`,
      rule: 'XML Signature §3.2.1',
      ...explainDigest(document, reference, name, canonical, certificate),
      where: placeOf(target),
    });
  }
  return undefined;
};
