// What an element says, as far as a canonical form is to keep it: a key that two elements share when they say the same.

import type { CanonicalForm } from '../../../src/xml/canonical.ts';
import {
  attributeUri,
  byCodePoint,
  type Element,
  inside,
  type Node,
  type Scope,
  uriOf,
  XML,
} from './infoset.ts';

type Said = string | readonly Said[];

const sayChildren = (children: readonly Node[], scope: Scope, form: CanonicalForm): Said[] => {
  const said: Said[] = [];
  let text = '';
  for (const child of children) {
    if (child.kind === 'text') text += child.text;
    if (child.kind === 'text' || (child.kind === 'comment' && !form.comments)) continue;
    said.push(
      ['text', text],
      child.kind === 'comment' ? ['comment', child.text] : sayElement(child, scope, [], form),
    );
    text = '';
  }
  return [...said, ['text', text]];
};

/** A prefix is a part of what is said: QNames in text depend on it, and a canonical form never changes it. */
const sayElement = (
  element: Element,
  outer: Scope,
  inherited: readonly (readonly [string, string])[],
  form: CanonicalForm,
): Said => {
  const scope = inside(outer, element);
  const attributes = element.attributes.map(({ prefix, local, value }) => [
    attributeUri(scope, prefix),
    local,
    prefix,
    value,
  ]);
  for (const [local, value] of inherited)
    if (!attributes.some(([uri, name]) => uri === XML && name === local))
      attributes.push([XML, local, 'xml', value]);
  // What the exclusive form keeps of the unused namespaces is what its PrefixList names.
  const kept = form.exclusive
    ? form.prefixes
        .map((prefix) => (prefix === '#default' ? '' : prefix))
        .filter((prefix) => prefix !== 'xml')
    : [...scope.keys()];
  const namespaces = kept.map((prefix) => [prefix, uriOf(scope, prefix)]).filter(([, uri]) => uri !== '');
  return [
    [uriOf(scope, element.prefix), element.local, element.prefix],
    sorted(namespaces),
    sorted(attributes),
    sayChildren(element.children, scope, form),
  ];
};

const sorted = (rows: readonly (readonly string[])[]): Said[] =>
  rows.map((row) => JSON.stringify(row)).sort(byCodePoint);

/** What the last element of a line says, with what it inherits where the method lets it. */
export const meaning = (line: readonly Element[], form: CanonicalForm): string => {
  const apex = line.at(-1);
  if (!apex) throw new Error('a line of no elements');
  const above = line.slice(0, -1);
  const scope = above.reduce<Scope>(inside, new Map());
  const inherited = new Map<string, string>();
  for (const { prefix, local, value } of above.flatMap(({ attributes }) => attributes))
    if (prefix === 'xml') inherited.set(local, value);
  return JSON.stringify(sayElement(apex, scope, form.exclusive ? [] : [...inherited], form));
};
