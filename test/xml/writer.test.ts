// What the writer writes is its own exclusive canonical form, by libxml2’s word.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { XmlElement } from 'libxml2-wasm';
import { isProblem } from '../../src/kernel/problem.ts';
import { canonicalOctets } from '../../src/xml/canonical.ts';
import type { Namespace } from '../../src/xml/names.ts';
import { parse } from '../../src/xml/parse.ts';
import {
  type Attribute,
  type ElementNode,
  element,
  scopeOf,
  write,
  writeOctets,
  writeSigned,
} from '../../src/xml/writer.ts';

const canonical = (text: string): string => {
  const document = parse(Buffer.from(text));
  assert.ok(!isProblem(document), isProblem(document) ? document.explanation.found : '');
  using _tree = document;
  return canonicalOctets(document, document.root, { exclusive: true, prefixes: [] }).toString('utf8');
};

const A: Namespace = { prefix: 'a', uri: 'urn:one' };
const B: Namespace = { prefix: 'b', uri: 'urn:two' };
const C: Namespace = { prefix: 'c', uri: 'http://example.no/three' };
const XML: Namespace = { prefix: 'xml', uri: 'http://www.w3.org/XML/1998/namespace' };

/** Any text that XML can hold. */
const text = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((value) => value.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));
const special = fc.oneof(text, fc.constantFrom('&<>"\'', '\r\n', '\t', ']]>', ' ', '', 'å€😀'));
const name = fc.constantFrom('x', 'y', 'z', 'Ärø', 'n-1');

const attributes: fc.Arbitrary<Attribute[]> = fc
  .uniqueArray(fc.record({ namespace: fc.constantFrom(undefined, A, B, C), name, value: special }), {
    selector: ({ namespace, name: local }) => `${namespace?.uri}|${local}`,
    maxLength: 4,
  })
  .map((list) => list.map(({ namespace, ...rest }) => ({ ...rest, ...(namespace ? { namespace } : {}) })));

const { node } = fc.letrec<{ node: ElementNode }>((tie) => ({
  node: fc
    .tuple(
      fc.constantFrom(A, B, C),
      name,
      attributes,
      fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, special, tie('node')), {
        maxLength: 3,
      }),
    )
    .map(([namespace, local, list, content]) => element(namespace, local, list, ...content)),
}));

describe('the writer', () => {
  it('writes the exclusive canonical form of any tree', () => {
    fc.assert(
      fc.property(node, (tree) => {
        const written = write(tree);
        assert.equal(written, canonical(written));
      }),
      { numRuns: 500 },
    );
  });

  it('writes the same in UTF-8', () => {
    fc.assert(fc.property(node, (tree) => assert.equal(writeOctets(tree).toString(), write(tree))));
    const half = element(A, 'x', [], 'half a character: \ud800, \udfff');
    assert.deepEqual(writeOctets(half), Buffer.from(write(half)));
  });

  it('orders declarations by prefix and attributes by namespace and name', () => {
    const tree = element(B, 'x', [
      { name: 'z', value: '1' },
      { namespace: C, name: 'a', value: '2' },
      { namespace: A, name: 'y', value: '3' },
      { name: 'a', value: '4' },
      { namespace: XML, name: 'lang', value: 'en' },
    ]);
    const written = write(tree);
    assert.equal(written, canonical(written));
    assert.match(written, /^<b:x xmlns:a="urn:one" xmlns:b="[^"]*" xmlns:c="[^"]*" a="4" z="1" c:a="2" /);
  });

  it('escapes what canonical XML escapes, and nothing else', () => {
    const written = write(element(A, 'x', [{ name: 'y', value: '&<>"\'\t\n\r' }], '&<>"\'\t\n\r'));
    assert.equal(
      written,
      '<a:x xmlns:a="urn:one" y="&amp;&lt;>&quot;\'&#x9;&#xA;&#xD;">&amp;&lt;&gt;"\'\t\n&#xD;</a:x>',
    );
  });

  // libxml2 writes namespace names without escaping them, so it cannot be the judge here (Canonical XML §2.3 is).
  it('escapes namespace names as attribute values', () => {
    const written = write(element({ prefix: 'q', uri: 'urn:q?a=1&b="<' }, 'x'));
    assert.equal(written, '<q:x xmlns:q="urn:q?a=1&amp;b=&quot;&lt;"></q:x>');
  });

  it('declares a namespace where it is first used, and again beside it', () => {
    const written = write(element(A, 'x', [], element(B, 'y', [], element(B, 'z')), element(B, 'y')));
    assert.equal(written.match(/xmlns:b=/g)?.length, 2);
    assert.equal(written, canonical(written));
  });

  it('gives a signed element two start tags and one rest: the octets for the digest, the text for its place', () => {
    fc.assert(
      fc.property(node, (tree) => {
        const { text: inside, canonical: octets } = writeSigned(tree, scopeOf(A, B));
        assert.equal(octets, write(tree));
        const whole = `<a:r xmlns:a="${A.uri}" xmlns:b="urn:two">${inside}</a:r>`;
        const document = parse(Buffer.from(whole));
        assert.ok(!isProblem(document));
        using _tree = document;
        const found = document.get('/*/*');
        assert.ok(found instanceof XmlElement);
        const form = { exclusive: true, prefixes: [] };
        assert.equal(canonicalOctets(document, found, form).toString('utf8'), octets);
      }),
    );
  });
});
