// Elements by their names, wherever in a message they stand.

import { type XmlDocument, XmlElement, XmlXPath } from 'libxml2-wasm';
import type { Namespace } from '../../xml/names.ts';
import { children } from '../../xml/tree.ts';

const searches = new Map<string, XmlXPath>();

const searchFor = (name: string): XmlXPath => {
  const known = searches.get(name) ?? XmlXPath.compile(`//*[local-name()='${name}']`);
  searches.set(name, known);
  return known;
};

/** @param name one of a few that are written here, never one of a message */
export const named = (document: XmlDocument | undefined, name: string, { uri }: Namespace): XmlElement[] =>
  (document?.find(searchFor(name)) ?? []).filter(
    (node): node is XmlElement => node instanceof XmlElement && node.namespaceUri === uri,
  );

/** An element and all below it, in document order, as many as are worth looking at. */
export const below = (element: XmlElement, most = 2000): XmlElement[] => {
  const found: XmlElement[] = [];
  const waiting = [element];
  for (let next = waiting.pop(); next && found.length < most; next = waiting.pop()) {
    found.push(next);
    waiting.push(...children(next).reverse());
  }
  return found;
};

/** How many of each name there are, where there are several. */
export const twice = (elements: readonly XmlElement[]): XmlElement[] =>
  elements.filter((one, index) =>
    elements
      .slice(0, index)
      .some(({ name, namespaceUri }) => name === one.name && namespaceUri === one.namespaceUri),
  );
