// The canonical octets as the product makes them, from text through guard and parser to the element that is meant.

import assert from 'node:assert/strict';
import type { XmlElement } from 'libxml2-wasm';
import { isProblem } from '../../../src/kernel/problem.ts';
import { type CanonicalForm, canonicalOctets } from '../../../src/xml/canonical.ts';
import { guard } from '../../../src/xml/guard.ts';
import { parse } from '../../../src/xml/parse.ts';
import { children } from '../../../src/xml/tree.ts';
import type { Path } from './infoset.ts';

/** @throws AssertionError where the text is refused before it has a canonical form; Error where it has none */
export const productOctets = (text: string | Buffer, path: Path, form: CanonicalForm): string => {
  const bytes = guard(Buffer.from(text), undefined);
  assert.ok(!isProblem(bytes), JSON.stringify(bytes));
  const document = parse(bytes);
  assert.ok(!isProblem(document), JSON.stringify(document));
  using tree = document;
  const element = path.reduce<XmlElement>((parent, place) => {
    const child = children(parent)[place];
    assert.ok(child, 'a child element');
    return child;
  }, tree.root);
  return canonicalOctets(tree, element, form).toString('utf8');
};
