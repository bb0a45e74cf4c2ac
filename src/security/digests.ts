// Step 8: the cryptography. First the signature over SignedInfo, then, now that they can be believed, the digests.

import { hash, verify } from 'node:crypto';
import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import type { Problem } from '../kernel/problem.ts';
import { canonicalOctets } from '../xml/canonical.ts';
import { algorithms, canonicalizations, digestMethods, signatureMethods } from './algorithms.ts';
import type { Coverage } from './coverage.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import type { Method, Signature } from './signature.ts';
import type { Signer } from './signer.ts';

/** XMLDSig §4.4.3.2: a Reference without Transforms is canonicalized by inclusive Canonical XML 1.0. */
const BARE: Method = { algorithm: algorithms.c14n, prefixes: [] };

const octets = (
  document: XmlDocument,
  element: XmlElement,
  { algorithm, prefixes }: Method,
  use: 'SignedInfo' | 'reference',
): Buffer | Problem<SecurityProblem> => {
  const form = canonicalizations.get(algorithm);
  try {
    if (!form) throw new Error(`no canonicalization ${algorithm}`);
    // A same-document reference has no comments in its node-set, whatever the method says (XMLDSig §4.4.3.3).
    const comments = form.comments && use === 'SignedInfo';
    return canonicalOctets(document, element, { exclusive: form.exclusive, prefixes, comments });
  } catch (error) {
    return securityProblem('security.canonicalization', 'FailedCheck', {
      check: `canonical form of ${element.name}`,
      expected: 'an element that has one',
      found: (error as Error).message,
      rule: 'Canonical XML §1.3: no relative namespace URIs; §2.3: how an ampersand is written',
      remedy: 'use absolute namespace URIs without ampersands throughout the message',
    });
  }
};

/** Verifies SignedInfo with the signer's key. */
export const verifySignatureValue = (
  document: XmlDocument,
  signature: Signature,
  signer: Signer,
): Problem<SecurityProblem> | undefined => {
  const signed = octets(document, signature.signedInfo, signature.canonicalization, 'SignedInfo');
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

/** Verifies the digest of every reference, wanted by the profile or not. */
export const verifyDigests = (
  document: XmlDocument,
  { references }: Coverage,
): Problem<SecurityProblem> | undefined => {
  for (const { target, id, transform, digestMethod, digest } of references) {
    const canonical = octets(document, target, transform ?? BARE, 'reference');
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
