// Writes XML that is already its own exclusive canonical form, so that signing an answer needs no canonicalizer.

import type { Namespace } from './names.ts';
import { joinOctets } from './octets.ts';

export interface Attribute {
  readonly namespace?: Namespace;
  readonly name: string;
  readonly value: string;
}

/** Text that is already in canonical form for the place it goes to. */
export interface WrittenText {
  readonly written: string;
}

type Content = ElementNode | WrittenText | string;

/** An element to write; strings among its children are text, escaped by the writer. */
export interface ElementNode {
  readonly namespace?: Namespace;
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly children: readonly Content[];
  /** Namespaces to declare although no name uses them, because a QName in the text does. Never in a signed part. */
  readonly declares?: readonly Namespace[];
}

/** The namespaces already declared by what was written around an element: prefix to URI. */
type Scope = ReadonlyMap<string, string>;

const NOTHING: Scope = new Map();

export const element = (
  namespace: Namespace | undefined,
  name: string,
  attributes: readonly Attribute[] = [],
  ...content: readonly Content[]
): ElementNode =>
  namespace ? { namespace, name, attributes, children: content } : { name, attributes, children: content };

// Canonical XML §2.3: the only characters that are written as references.
const TEXT_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#xD;',
};
const ATTRIBUTE_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};
/** A text as it stands in canonical form. */
export const escapeText = (text: string): string =>
  /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (character) => TEXT_ESCAPES[character] ?? character) : text;
const escapeAttribute = (text: string): string =>
  !/[&<"\t\n\r]/.test(text)
    ? text
    : text.replace(/[&<"\t\n\r]/g, (character) => ATTRIBUTE_ESCAPES[character] ?? character);

const byCodePoint = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));
const qualified = (namespace: Namespace | undefined, name: string): string =>
  namespace?.prefix ? `${namespace.prefix}:${name}` : name;

/** Attributes that are in no namespace, in canonical order. */
const plainAttributes = (given: readonly Attribute[]): string => {
  const sorted =
    given.length > 1 ? [...given].sort((left, right) => byCodePoint(left.name, right.name)) : given;
  let text = '';
  for (const { name, value } of sorted) text += ` ${name}="${escapeAttribute(value)}"`;
  return text;
};

const open = (node: ElementNode, scope: Scope): { tag: string; scope: Scope } => {
  const { namespace, attributes: given, declares } = node;
  // Most elements declare nothing, and have no attributes or such as are in no namespace.
  if (
    !declares &&
    (!namespace || scope.get(namespace.prefix) === namespace.uri) &&
    given.every((attribute) => !attribute.namespace)
  )
    return { tag: `<${qualified(namespace, node.name)}${plainAttributes(given)}>`, scope };
  const used = [namespace, ...given.map((attribute) => attribute.namespace), ...(declares ?? [])];
  const inner = new Map(scope);
  const declared: Namespace[] = [];
  for (const one of used) {
    if (!one || one.prefix === 'xml' || inner.get(one.prefix) === one.uri) continue;
    inner.set(one.prefix, one.uri);
    declared.push(one);
  }
  // Canonical XML §2.2: namespace declarations by prefix, then attributes by namespace URI and local name.
  declared.sort((left, right) => byCodePoint(left.prefix, right.prefix));
  const attributes = [...given].sort(
    (left, right) =>
      byCodePoint(left.namespace?.uri ?? '', right.namespace?.uri ?? '') ||
      byCodePoint(left.name, right.name),
  );
  let tag = `<${qualified(namespace, node.name)}`;
  for (const { prefix, uri } of declared)
    tag += ` xmlns${prefix ? `:${prefix}` : ''}="${escapeAttribute(uri)}"`;
  for (const { namespace: owner, name, value } of attributes) {
    tag += ` ${qualified(owner, name)}="${escapeAttribute(value)}"`;
  }
  return { tag: `${tag}>`, scope: inner };
};

/** Writes an element in canonical form; `scope` holds what the text around it already declares. */
export const write = (node: ElementNode, scope: Scope = NOTHING): string => {
  const { tag, scope: inner } = open(node, scope);
  return tag + writeContent(node, inner) + close(node);
};

const close = (node: ElementNode): string => `</${qualified(node.namespace, node.name)}>`;

const contentText = (child: Content, scope: Scope): string => {
  if (typeof child === 'string') return escapeText(child);
  return 'written' in child ? child.written : write(child, scope);
};

const writeContent = (node: ElementNode, scope: Scope): string => {
  let text = '';
  for (const child of node.children) text += contentText(child, scope);
  return text;
};

/** The same in UTF-8: each child for itself, since an answer may have a thousand. */
export const writeOctets = (node: ElementNode): Buffer => {
  const { tag, scope } = open(node, NOTHING);
  return joinOctets([tag, ...node.children.map((child) => contentText(child, scope)), close(node)]);
};

export const scopeOf = (...namespaces: readonly Namespace[]): Scope =>
  new Map(namespaces.map(({ prefix, uri }) => [prefix, uri]));

/** An element that is signed: the text that goes into the document, and the octets its digest is made over. */
export interface SignedText {
  readonly text: string;
  readonly canonical: string;
}

/**
 * Writes an element once for two uses. The two differ in the start tag only: as the apex of its own canonical form an
 * element declares every namespace it uses, inside the document it relies on those around it.
 */
export const writeSigned = (node: ElementNode, scope: Scope): SignedText => {
  const apex = open(node, NOTHING);
  const rest = writeContent(node, apex.scope) + close(node);
  return { text: open(node, scope).tag + rest, canonical: apex.tag + rest };
};
