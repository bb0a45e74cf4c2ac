// The octets that digests and the signature are made over: canonical forms, and the token where an STR-Transform puts it.

import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import type { Problem } from '../kernel/problem.ts';
import { type CanonicalForm, canonicalOctets } from '../xml/canonical.ts';
import { wsse } from '../xml/names.ts';
import { algorithms, canonicalizations, tokenTypes } from './algorithms.ts';
import type { ResolvedReference } from './coverage.ts';
import { type SecurityProblem, securityProblem } from './problems.ts';
import type { Method, Signature } from './signature.ts';

/** XMLDSig §4.4.3.2: a Reference without Transforms is canonicalized by inclusive Canonical XML 1.0. */
const BARE: Method = { algorithm: algorithms.c14n, prefixes: [] };

export const formOf = ({ algorithm, prefixes }: Method): CanonicalForm => {
  const form = canonicalizations.get(algorithm);
  if (!form) throw new Error(`no canonicalization ${algorithm}`);
  return { ...form, prefixes };
};

/** How a reference says that its target is to be canonicalized. */
export const methodOf = ({ transform }: Pick<ResolvedReference, 'transform'>): Method => transform ?? BARE;

const DECLARATION = ' xmlns="';

/**
 * WSS 1.1 §8.3: the first element has a default namespace declaration in any case, where it has none an empty one. In
 * canonical form it comes first, right behind the name.
 */
const withDefaultNamespace = (octets: Buffer): Buffer => {
  const end = Math.min(...[' ', '>'].map((one) => octets.indexOf(one)).filter((place) => place > 0));
  if (octets.subarray(end, end + DECLARATION.length).equals(Buffer.from(DECLARATION))) return octets;
  return Buffer.concat([octets.subarray(0, end), Buffer.from(`${DECLARATION}"`), octets.subarray(end)]);
};

/**
 * The token that a certificate becomes where KeyInfo only names it (WSS 1.1 §8.3): with the prefix of the
 * SecurityTokenReference. Without one WSS4J writes `wsse`.
 */
const tokenOf = (reference: XmlElement, certificate: Buffer): Buffer => {
  const prefix = reference.prefix || wsse.prefix;
  const name = `${prefix}:BinarySecurityToken`;
  return Buffer.from(
    `<${name} xmlns="" xmlns:${prefix}="${wsse.uri}" ValueType="${tokenTypes.x509v3}">${certificate.toString('base64')}</${name}>`,
  );
};

const DEFAULT = '#default';

/**
 * The octets of a reference's target in some canonical form; of an STR-Transform, those of the token in its place.
 *
 * @param certificate the signer's, DER: what a SecurityTokenReference stands for that only names it
 * @throws Error where there is no such form
 */
export const octetsIn = (
  document: XmlDocument,
  { target, dereferenced, token }: ResolvedReference,
  form: CanonicalForm,
  certificate: Buffer | undefined,
): Buffer => {
  if (!dereferenced) {
    // A same-document reference has no comments in its node-set, whatever the method says (XMLDSig §4.4.3.3).
    return canonicalOctets(document, target, { ...form, comments: false });
  }
  if (token) {
    const prefixes = form.prefixes.includes(DEFAULT) ? form.prefixes : [...form.prefixes, DEFAULT];
    return withDefaultNamespace(canonicalOctets(document, token, { ...form, prefixes }));
  }
  if (!certificate) throw new Error('the certificate that KeyInfo names is not known');
  return tokenOf(target, certificate);
};

const noForm = (element: XmlElement, error: unknown): Problem<SecurityProblem> =>
  securityProblem('security.canonicalization', {
    check: `canonical form of ${element.name}`,
    expected: 'an element that has one',
    found: (error as Error).message,
    rule: 'Canonical XML §1.3: no relative namespace URIs; §2.3: how an ampersand is written',
    remedy: 'use absolute namespace URIs without ampersands throughout the message',
  });

/** Whether the octets are those of a certificate that the message does not carry, and so depend on which it is. */
export const needsCertificate = ({ dereferenced, token }: ResolvedReference): boolean =>
  dereferenced && token === undefined;

/** The octets that a reference's digest is of. */
export const referenceOctets = (
  document: XmlDocument,
  reference: ResolvedReference,
  certificate: Buffer | undefined,
): Buffer | Problem<SecurityProblem> => {
  try {
    return octetsIn(document, reference, formOf(methodOf(reference)), certificate);
  } catch (error) {
    return noForm(reference.target, error);
  }
};

/** The octets that the SignatureValue is of. */
export const signedInfoOctets = (
  document: XmlDocument,
  { signedInfo, canonicalization }: Signature,
): Buffer | Problem<SecurityProblem> => {
  try {
    return canonicalOctets(document, signedInfo, formOf(canonicalization));
  } catch (error) {
    return noForm(signedInfo, error);
  }
};
