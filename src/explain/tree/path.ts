// Where an element stands, by the indices of nodes: exact also where names are hidden or very long.

import { XmlElement, type XmlTreeNode } from 'libxml2-wasm';

/** `0` is the document element, `0.2` its third node. */
export type Place = string;

/** All nodes of an element, in document order. */
export const nodesIn = (element: XmlElement): XmlTreeNode[] => {
  const found: XmlTreeNode[] = [];
  for (let node = element.firstChild; node; node = node.next) found.push(node);
  return found;
};

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
export const elementIn = (root: XmlElement, place: Place): XmlElement | undefined => {
  const [first, ...steps] = place.split('.');
  let at: XmlElement | undefined = first === '0' ? root : undefined;
  for (const step of steps) {
    const node: XmlTreeNode | undefined = at && nodesIn(at)[Number(step)];
    at = node instanceof XmlElement ? node : undefined;
  }
  return at;
};
