// Step 8: the cryptography. First the signature over SignedInfo, then, now that they can be believed, the digests.

import { hash, verify } from 'node:crypto';
import { shortened } from '../kernel/brief.ts';
import type { Problem } from '../kernel/problem.ts';
import { placeOf } from '../xml/place.ts';
import { digestMethods, signatureMethods } from './algorithms.ts';
import type { Anatomy } from './anatomy.ts';
import type { ResolvedReference } from './coverage.ts';
import { explainDigest, explainSignature } from './mismatch.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
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

/** Verifies SignedInfo with the key of the signer's certificate. */
export const verifySignatureValue = (
  { envelope: { document }, signedInfo }: Anatomy,
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
    ...explainSignature(document, signature, digest, signed, publicKey),
  });
};

/**
 * Verifies the digest of a reference, wanted by the profile or not.
 *
 * @param certificate the signer's: what an STR-Transform is about where KeyInfo only names it
 */
export const verifyDigest = (
  { envelope: { document }, octets }: Anatomy,
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
    ...explainDigest(document, reference, name, canonical, certificate?.der),
    where: placeOf(target),
  });
};
