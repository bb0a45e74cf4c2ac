// Which of the elements that count are signed, and by which reference.

import { type XmlElement, XmlXPath } from 'libxml2-wasm';
import { isProblem } from '../kernel/problem.ts';
import type { Anatomy } from '../security/anatomy.ts';
import { type ResolvedReference, resolvedIn } from '../security/coverage.ts';
import { ds, wsse, xenc } from '../xml/names.ts';
import { placeOf } from '../xml/place.ts';
import { children, isNamed } from '../xml/tree.ts';
import type { Explained } from './explained.ts';

/** How many are told of; real messages have three or four. */
const MOST = 64;

/** What protects, and cannot be signed by itself. */
const isProtection = (element: XmlElement): boolean =>
  isNamed(element, ds.uri, 'Signature') || element.namespaceUri === xenc.uri;

const counting = ({ envelope: { blocks, body } }: Anatomy): XmlElement[] => [
  body,
  ...blocks.flatMap(({ element }) =>
    isNamed(element, wsse.uri, 'Security')
      ? children(element).filter((one) => !isProtection(one))
      : [element],
  ),
];

const isWithin = (element: XmlElement, signed: XmlElement): boolean => {
  for (let around: XmlElement | null = element; around; around = around.parent)
    if (around.isSameNode(signed)) return true;
  return false;
};

/** What the digest is of: an STR-Transform is of the token in its place. */
export const signedIn = ({ target, dereferenced, token }: ResolvedReference): XmlElement =>
  (dereferenced && token) || target;

interface Covering {
  readonly element: XmlElement;
  /** The reference that signs it, or what it is in. */
  readonly signing: ResolvedReference | undefined;
}

const SIGNATURE = XmlXPath.compile('//ds:Signature', { ds: ds.uri });

/** Whether there is a Signature anywhere in the message, whatever can be read of it. */
export const hasSignature = ({ envelope: { document } }: Anatomy): boolean =>
  document.get(SIGNATURE) !== null;

/**
 * Body first, then the header in its order.
 *
 * @returns empty where there is a Signature and nobody can tell what it signs
 */
export const coveringIn = (anatomy: Anatomy): readonly Covering[] => {
  const found = anatomy.coverage();
  if (isProblem(found) && hasSignature(anatomy)) return [];
  const references = isProblem(found) ? [] : resolvedIn(found);
  return counting(anatomy)
    .slice(0, MOST)
    .map((element) => ({ element, signing: references.find((one) => isWithin(element, signedIn(one))) }));
};

export const coverageOf = (anatomy: Anatomy): Explained['coverage'] =>
  coveringIn(anatomy).map(({ element, signing }) => ({
    element: placeOf(element),
    signedBy: signing ? `#${signing.id}` : null,
  }));
