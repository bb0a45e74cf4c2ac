// Where an element stands, by the indices of nodes: exact also where names are hidden or very long.

import { XmlElement, type XmlTreeNode } from 'libxml2-wasm';

/** `0` is the document element, `0.2` its third node. */
export type Place = string;

/** After how many nodes a walk may be interrupted. */
export const STEP = 500;

/** All nodes of an element, in document order. */
export function* nodesOneByOne(element: XmlElement): Generator<void, readonly XmlTreeNode[]> {
  const found: XmlTreeNode[] = [];
  for (let node = element.firstChild; node; node = node.next) if (found.push(node) % STEP === 0) yield;
  return found;
}

export const pathOf = (parent: Place, index: number): Place => `${parent}.${index}`;

export const pathTo = (element: XmlElement): Place => {
  const { parent } = element;
  if (!parent) return '0';
  let index = 0;
  for (let node = element.prev; node; node = node.prev) index += 1;
  return pathOf(pathTo(parent), index);
};

/** These places and all that lie on the way to them. */
export const pathsTo = (places: readonly Place[]): ReadonlySet<Place> =>
  new Set(
    places.flatMap((place) => {
      const steps = place.split('.');
      return steps.map((_, depth) => steps.slice(0, depth + 1).join('.'));
    }),
  );

/** Undefined: there is no such element. */
export function* elementIn(root: XmlElement, place: Place): Generator<void, XmlElement | undefined> {
  const [first, ...steps] = place.split('.');
  let at: XmlElement | undefined = first === '0' ? root : undefined;
  for (const step of steps) {
    const nodes = at ? yield* nodesOneByOne(at) : [];
    const node = nodes[Number(step)];
    at = node instanceof XmlElement ? node : undefined;
  }
  return at;
}
