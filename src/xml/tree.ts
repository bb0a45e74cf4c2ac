// Reading the tree: the few questions the stages ask of an element.

import { XmlAttribute, XmlCData, XmlComment, XmlDocument, XmlElement, XmlText } from 'libxml2-wasm';
import type { QName } from '../kernel/problem.ts';

// V8 11 compiles a derived class in vain, again and again, when its constructor was altered after its definition, as the
// decorators of this library do: 0.3 ms a message on another thread. Having a subclass ends that.
for (const base of [XmlAttribute, XmlCData, XmlComment, XmlDocument, XmlElement, XmlText]) {
  void class extends base {};
}

const LONGEST_NAME = 200;

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

/** A name for people: `{namespace}name`, or the bare name where there is no namespace; cut where it is very long. */
export const printQName = ({ namespace, name }: QName): string => {
  const full = namespace ? `{${namespace.slice(0, LONGEST_NAME)}}${name}` : name;
  return full.length > LONGEST_NAME ? `${full.slice(0, LONGEST_NAME)}…` : full;
};

const MOST_NAMES = 5;

/** The names of some elements for people: the first few, and how many more there are. */
export const printNames = (elements: readonly XmlElement[]): string => {
  const names = elements.slice(0, MOST_NAMES).map((element) => printQName(qnameOf(element)));
  const more = elements.length > MOST_NAMES ? ` and ${elements.length - MOST_NAMES} more` : '';
  return names.length > 0 ? names.join(', ') + more : 'nothing';
};

export const isNamed = (element: XmlElement, namespace: string, name: string): boolean =>
  element.name === name && element.namespaceUri === namespace;

/** An attribute's value; `namespace` is empty for an unprefixed attribute. */
export const attribute = (element: XmlElement, namespace: string, name: string): string | undefined =>
  namespace === ''
    ? element.attr(name)?.value
    : element.attrs.find((candidate) => candidate.name === name && candidate.namespaceUri === namespace)
        ?.value;

/** All text of an element and below it, comments left out as canonical XML leaves them out. */
export const textOf = (element: XmlElement): string => element.content;

/** The text of an element that may hold nothing else; undefined when it has child elements. */
export const onlyText = (element: XmlElement): string | undefined => {
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) return undefined;
  }
  return element.content;
};

/** Text directly inside an element that should hold elements only; undefined when there is none but white space. */
export const strayText = (element: XmlElement): string | undefined => {
  for (let node = element.firstChild; node; node = node.next) {
    if ((node instanceof XmlText || node instanceof XmlCData) && /[^ \t\r\n]/.test(node.content)) {
      return node.content.trim().slice(0, 40);
    }
  }
  return undefined;
};

/** Whether a text is markup that was escaped, or put into CDATA: it begins with a tag. */
export const looksEscaped = (text: string): boolean => /^<[?!/\w]/.test(text);

export const escapedRemedy = (holder: string): string =>
  `put the content into ${holder} as elements: it came as text, its < written as &lt; or within CDATA`;

/** Attribute nodes that an XPath found, each with the element that carries it. */
export const ownersOf = (nodes: readonly unknown[]): { value: string; owner: XmlElement }[] =>
  nodes.flatMap((node) =>
    node instanceof XmlAttribute && node.parent ? [{ value: node.value, owner: node.parent }] : [],
  );
