// Step 8: the cryptography. First the signature over SignedInfo, then, now that they can be believed, the digests.

import { hash, verify } from 'node:crypto';
import type { XmlDocument } from 'libxml2-wasm';
import type { Problem } from '../kernel/problem.ts';
import { digestMethods, signatureMethods } from './algorithms.ts';
import type { Coverage } from './coverage.ts';
import { referenceOctets, signedInfoOctets } from './octets.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import type { Signature } from './signature.ts';
import type { Signer } from './signer.ts';

/** Verifies SignedInfo with the signer's key. */
export const verifySignatureValue = (
  document: XmlDocument,
  signature: Signature,
  signer: Signer,
): Problem<SecurityProblem> | undefined => {
  const signed = signedInfoOctets(document, signature);
  if ('problem' in signed) return signed;
  const digest = signatureMethods.get(signature.signatureMethod);
  const { publicKey } = signer.certificate;
  // All signature methods are of RSA; with a key of another kind node:crypto verifies something else, or throws.
  const fits = publicKey.asymmetricKeyType === 'rsa';
  if (digest && fits && verify(digest, signed, publicKey, signature.value)) return undefined;
  return securityProblem('security.signature-value', 'FailedCheck', {
    check: 'SignatureValue over SignedInfo',
    expected: `a signature by the key of ${signer.certificate.subject}`,
    found: 'it does not verify',
    rule: 'XML Signature §3.2.2',
    remedy:
      'check that the BinarySecurityToken is the certificate of the signing key, and that nothing changes SignedInfo after signing',
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
    const actual = name ? hash(name, canonical, 'buffer') : undefined;
    if (!actual?.equals(digest)) {
      return securityProblem('security.digest', 'FailedCheck', {
        check: `digest of ${target.name} (Id "${id}")`,
        expected: `${digest.toString('base64')}, as signed`,
        found: `${actual?.toString('base64') ?? 'nothing'}, over ${canonical.length} canonical octets of what arrived`,
        rule: 'XML Signature §3.2.1',
        remedy:
          'the element changed after signing: look for a proxy or logger that reformats XML, or a step of the client after its signer',
      });
    }
  }
  return undefined;
};
