// An element of a message as a digest or the signature is of it, for the search.

import type { XmlDocument, XmlElement } from 'libxml2-wasm';
import { isProblem } from '../kernel/problem.ts';
import type { Anatomy } from '../security/anatomy.ts';
import type { ResolvedReference } from '../security/coverage.ts';
import { formOf, methodOf, octetsIn } from '../security/octets.ts';
import type { Signature } from '../security/signature.ts';
import type { Certificate } from '../security/trust/certificate.ts';
import { type CanonicalForm, canonicalOctets } from '../xml/canonical.ts';
import type { Subject } from './hypothesis.ts';

const attempt = <Value>(make: () => Value): Value | undefined => {
  try {
    return make();
  } catch {
    return undefined;
  }
};

const ofElements =
  (document: XmlDocument, form: CanonicalForm): Subject['ofElement'] =>
  (element: XmlElement) =>
    attempt(() => canonicalOctets(document, element, form));

/** Undefined: there are no octets that would count. */
export const subjectOfReference = (
  { envelope: { document }, octets }: Anatomy,
  reference: ResolvedReference,
  certificate: Certificate | undefined,
  message: Buffer,
): Subject | undefined => {
  const counted = octets(reference, certificate);
  const form = attempt(() => formOf(methodOf(reference)));
  if (isProblem(counted) || !form) return undefined;
  const { target, dereferenced, token } = reference;
  return {
    element: (dereferenced && token) || target,
    form: { ...form, comments: false },
    written: reference.transform,
    octets: counted,
    reference,
    inForm: (other) =>
      attempt(() =>
        other.comments && !dereferenced
          ? canonicalOctets(document, target, other)
          : octetsIn(document, reference, other, certificate?.der),
      ),
    ofElement: ofElements(document, form),
    message,
  };
};

/** Undefined: it has no canonical form by the method that it says. */
export const subjectOfSignedInfo = (
  { envelope: { document }, signedInfo }: Anatomy,
  { signedInfo: element, canonicalization }: Signature,
  message: Buffer,
): Subject | undefined => {
  const octets = signedInfo();
  const form = attempt(() => formOf(canonicalization));
  if (isProblem(octets) || !form) return undefined;
  return {
    element,
    form,
    written: canonicalization,
    octets,
    reference: undefined,
    inForm: (other) => attempt(() => canonicalOctets(document, element, other)),
    ofElement: ofElements(document, form),
    message,
  };
};
