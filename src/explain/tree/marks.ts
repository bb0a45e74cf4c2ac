// What a message's protection says of its elements, by the anatomy that the server judges with: nobody guesses by Ids.

import { shortened } from '../../kernel/brief.ts';
import { isProblem } from '../../kernel/problem.ts';
import type { Anatomy } from '../../security/anatomy.ts';
import { coveringIn, signedIn } from '../covered.ts';
import type { Side } from '../exchange-octets.ts';
import { type Place, pathTo } from './path.ts';
import { type Protection, protectionOf } from './protection.ts';

/** Of a URI, in characters. */
const LONGEST = 200;

/**
 * - `body`: the Body that is read
 * - `signed-info`: what the SignatureValue is made over
 * - `not-signed`: Body, Timestamp, token or header block that no reference leads to, nor to anything around it
 */
export type Marking = 'body' | 'signed-info' | 'not-signed';

interface OfElement {
  readonly references: readonly number[];
  readonly marks: readonly Marking[];
}

export interface TreeReference {
  /** From 1, in the order of the signature. */
  readonly place: number;
  readonly uri: string;
  /** The element whose octets its digest is of; null: it leads nowhere. */
  readonly at: Place | null;
}

export interface Marked {
  /** Null: it is no SOAP message. */
  readonly protection: Protection | null;
  readonly references: readonly TreeReference[];
  readonly elements: ReadonlyMap<Place, OfElement>;
}

const referencesIn = (anatomy: Anatomy): readonly TreeReference[] => {
  const [signature, coverage] = [anatomy.signature(), anatomy.coverage()];
  if (isProblem(signature)) return [];
  return signature.references.map(({ id }, index) => {
    const found = isProblem(coverage) ? undefined : coverage.references[index];
    const at = found && !isProblem(found) ? pathTo(signedIn(found)) : null;
    return { place: index + 1, uri: shortened(`#${id}`, LONGEST), at };
  });
};

/** Which message it is. */
export interface Kind {
  readonly side: Side;
  /** Whether its service expects signatures. */
  readonly secured: boolean;
}

export const marksOf = (anatomy: Anatomy, { side, secured }: Kind): Marked => {
  const elements = new Map<Place, { references: number[]; marks: Marking[] }>();
  const at = (place: Place) => {
    const found = elements.get(place) ?? { references: [], marks: [] };
    elements.set(place, found);
    return found;
  };
  const references = referencesIn(anatomy);
  for (const one of references) if (one.at !== null) at(one.at).references.push(one.place);
  const signature = anatomy.signature();
  if (!isProblem(signature)) at(pathTo(signature.signedInfo)).marks.push('signed-info');
  at(pathTo(anatomy.envelope.body)).marks.push('body');
  const protection = protectionOf(anatomy, references, secured);
  const { state } = protection;
  // Where nobody expects a signature, nothing is wrong with an element that has none.
  const unexpected = state === 'tls' || (state === 'not-signed' && side === 'response');
  for (const { element, signing } of unexpected ? [] : coveringIn(anatomy))
    if (!signing) at(pathTo(element)).marks.push('not-signed');
  return { protection, references, elements };
};
