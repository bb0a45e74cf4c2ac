// Canonical XML written anew from the two specifications, slowly and plainly, over a tree that no XML program made.

import type { CanonicalForm } from '../../../src/xml/canonical.ts';
import {
  type Attribute,
  attributeUri,
  byCodePoint,
  type Document,
  type Element,
  inside,
  type Node,
  type Scope,
  uriOf,
} from './infoset.ts';

const NOTHING: Scope = new Map();

// Canonical XML 1.0 §2.3, Text Nodes and Attribute Nodes.
const text = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
const attributeValue = (value: string): string =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#x9;')
    .replaceAll('\n', '&#xA;')
    .replaceAll('\r', '&#xD;');

const qualified = (prefix: string, local: string): string => (prefix === '' ? local : `${prefix}:${local}`);

/** The prefixes whose namespace nodes are considered on an element; `''` is the default namespace. */
const considered = (element: Element, scope: Scope, rendered: Scope, form: CanonicalForm): Set<string> => {
  if (!form.exclusive) return new Set([...scope.keys(), ...rendered.keys()]);
  // Exclusive C14N §3: what is visibly utilized, and what the PrefixList has treated inclusively.
  const listed = form.prefixes.map((prefix) => (prefix === '#default' ? '' : prefix));
  const used = element.attributes.map(({ prefix }) => prefix).filter((prefix) => prefix !== '');
  return new Set([element.prefix, ...used, ...listed]);
};

const writeElement = (
  element: Element,
  outer: Scope,
  rendered: Scope,
  inherited: readonly Attribute[],
  form: CanonicalForm,
): string => {
  const scope = inside(outer, element);
  const known = new Map(rendered);
  let tag = `<${qualified(element.prefix, element.local)}`;
  for (const prefix of [...considered(element, scope, rendered, form)].sort(byCodePoint)) {
    if (prefix === 'xml') continue;
    const uri = uriOf(scope, prefix);
    // Nothing is written for what the output around already says; with an empty URI that is also silence (§2.3).
    if ((known.get(prefix) ?? '') === uri) continue;
    if (prefix !== '' && uri === '') continue;
    known.set(prefix, uri);
    tag += ` xmlns${prefix === '' ? '' : `:${prefix}`}="${attributeValue(uri)}"`;
  }
  const own = element.attributes;
  const added = inherited.filter(
    ({ prefix, local }) => !own.some((one) => one.prefix === prefix && one.local === local),
  );
  const attributes = [...own, ...added].map((one) => ({ ...one, uri: attributeUri(scope, one.prefix) }));
  attributes.sort((left, right) => byCodePoint(left.uri, right.uri) || byCodePoint(left.local, right.local));
  for (const { prefix, local, value } of attributes)
    tag += ` ${qualified(prefix, local)}="${attributeValue(value)}"`;
  const content = element.children.map((child) => writeNode(child, scope, known, form)).join('');
  return `${tag}>${content}</${qualified(element.prefix, element.local)}>`;
};

const writeNode = (node: Node, scope: Scope, rendered: Scope, form: CanonicalForm): string => {
  if (node.kind === 'text') return text(node.text);
  if (node.kind === 'comment') return form.comments ? `<!--${node.text}-->` : '';
  return writeElement(node, scope, rendered, [], form);
};

/**
 * The canonical form of the last element of a line of elements that begins at the root, with all below it.
 */
export const canonicalElement = (line: readonly Element[], form: CanonicalForm): string => {
  const above = line.slice(0, -1);
  const apex = line.at(-1);
  if (!apex) throw new Error('a line of no elements');
  const scope = above.reduce(inside, NOTHING);
  // Canonical XML 1.0 §2.4: an element whose parent is left out takes the nearest xml: attributes of those above it.
  const inherited = new Map<string, Attribute>();
  for (const attribute of above.flatMap(({ attributes }) => attributes))
    if (attribute.prefix === 'xml') inherited.set(attribute.local, attribute);
  return writeElement(apex, scope, NOTHING, form.exclusive ? [] : [...inherited.values()], form);
};

/** The canonical form of a whole document: comments around the root stand on lines of their own (§2.3, Root Node). */
export const canonicalDocument = ({ before, root, after }: Document, form: CanonicalForm): string => {
  const comments = (texts: readonly string[]): string[] =>
    form.comments ? texts.map((one) => `<!--${one}-->`) : [];
  return [...comments(before), canonicalElement([root], form), ...comments(after)].join('\n');
};
