// Reading the tree: the few questions the stages ask of an element.

import { XmlAttribute, XmlCData, XmlElement, XmlText } from 'libxml2-wasm';
import type { QName } from '../kernel/problem.ts';

/** The child elements, in document order. */
export const children = (element: XmlElement): XmlElement[] => {
  const found: XmlElement[] = [];
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) found.push(node);
  }
  return found;
};

export const qnameOf = (element: XmlElement): QName => ({
  namespace: element.namespaceUri,
  name: element.name,
});

/** A name for people: `{namespace}name`, or the bare name where there is no namespace. */
export const printQName = (name: QName): string =>
  name.namespace ? `{${name.namespace}}${name.name}` : name.name;

export const isNamed = (element: XmlElement, namespace: string, name: string): boolean =>
  element.name === name && element.namespaceUri === namespace;

/** An attribute's value; `namespace` is empty for an unprefixed attribute. */
export const attribute = (element: XmlElement, namespace: string, name: string): string | undefined =>
  element.attrs.find((candidate) => candidate.name === name && candidate.namespaceUri === namespace)?.value;

/** The text of an element that has no child elements: all its text, comments left out as canonical XML leaves them out. */
export const textOf = (element: XmlElement): string => element.content;

/** Text directly inside an element that should hold elements only; undefined when there is none but white space. */
export const strayText = (element: XmlElement): string | undefined => {
  for (let node = element.firstChild; node; node = node.next) {
    if ((node instanceof XmlText || node instanceof XmlCData) && /[^ \t\r\n]/.test(node.content)) {
      return node.content.trim().slice(0, 40);
    }
  }
  return undefined;
};

/** Attribute nodes that an XPath found, each with the element that carries it. */
export const ownersOf = (nodes: readonly unknown[]): { value: string; owner: XmlElement }[] =>
  nodes.flatMap((node) =>
    node instanceof XmlAttribute && node.parent ? [{ value: node.value, owner: node.parent }] : [],
  );
