// Canonical forms as other programs make them: of the vectors, and of generated documents, byte for byte.

import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import fc from 'fast-check';
import type { CanonicalForm } from '../../src/xml/canonical.ts';
import { createDice } from '../dice.ts';
import { amount, anyDocuments, documents, forms, fourthEdition, wide } from '../xml/canonical/documents.ts';
import { type Element, lines, pathOf } from '../xml/canonical/infoset.ts';
import { productOctets } from '../xml/canonical/octets.ts';
import { canonicalDocument, canonicalElement } from '../xml/canonical/reference.ts';
import { spell, spellElement } from '../xml/canonical/spell.ts';
import { vectors } from '../xml/canonical/vectors.ts';
import { byJava, byXmllint, byXmlsec1, type Question, type Target } from './canonicalizers.ts';
import { describeWith, stacks } from './stacks.ts';

/** So many that a command line holds their names. */
const BATCH = 100;

/** Each text is followed by the next, with nothing between: says which of them is another. */
const assertJoined = (
  joined: string,
  expected: readonly string[],
  texts: readonly (string | Buffer)[],
): void => {
  let at = 0;
  for (const [place, one] of expected.entries()) {
    assert.equal(joined.slice(at, at + one.length), one, String(texts[place]));
    at += one.length;
  }
  assert.equal(joined.length, at);
};

const assertSame = (
  actual: readonly string[],
  expected: readonly string[],
  names: readonly string[],
): void => {
  assert.equal(actual.length, expected.length);
  for (const [place, one] of expected.entries()) assert.equal(actual[place], one, names[place]);
};

describeWith([stacks.xmllint], 'canonical forms by xmllint', () => {
  for (const exclusive of [false, true]) {
    const form = { exclusive, comments: true, prefixes: [] };
    const name = exclusive ? 'exclusive' : 'inclusive';

    it(`are those of the vectors (${name})`, async () => {
      const whole = vectors.filter(
        ({ input, apex, form: one }) =>
          apex.length === 0 &&
          one.exclusive === exclusive &&
          one.comments &&
          // Comments around the root belong to the document, and not to the form of the root.
          !input.includes('<!-- posted'),
      );
      assert.ok(whole.length >= 8);
      const texts = whole.map(({ input }) => input);
      assertJoined(
        await byXmllint(texts, exclusive),
        whole.map(({ octets }) => octets),
        texts,
      );
    });

    it(`are those of the second canonicalizer, for generated documents (${name})`, async () => {
      const drawn = fc.sample(fc.tuple(anyDocuments('i'), fc.nat()), amount);
      for (let start = 0; start < drawn.length; start += BATCH) {
        const some = drawn.slice(start, start + BATCH);
        const texts = some.map(([document, seed]) => spell(document, createDice(seed)));
        const expected = some.map(([document]) => canonicalDocument(document, form));
        assertJoined(await byXmllint(texts, exclusive), expected, texts);
      }
    }).timeout(0);
  }
});

describeWith([stacks.xmlsec1], 'canonical forms by xmlsec1', () => {
  it('are those of the product, for referenced elements of generated documents', async () => {
    // Ten documents for each start of the program, with Ids of their own.
    const ten = fc.tuple(...[...'abcdefghij'].map((start) => documents(wide, 4, start)));
    const drawn = fc.sample(fc.tuple(ten, forms, forms, fc.nat()), {
      ...amount,
      numRuns: amount.numRuns / 10,
    });
    let judged = 0;
    for (const [inner, one, other, seed] of drawn) {
      // Around the roots stands an element with much to inherit, in which the Signature finds its place.
      const around: Element = {
        kind: 'element',
        prefix: 'w',
        local: 'w',
        declarations: [
          { prefix: '', uri: 'urn:around' },
          { prefix: 'w', uri: 'urn:w' },
          { prefix: 'a', uri: 'urn:around' },
        ],
        attributes: [{ prefix: 'xml', local: 'lang', value: 'nb' }],
        children: [...inner.map(({ root }) => root), { kind: 'text', text: ' ' }],
      };
      const text = spellElement(around, createDice(seed));
      const targets = lines(around).flatMap((line): (Target & { line: Element[] })[] => {
        const id = line.at(-1)?.attributes.find(({ prefix, local }) => prefix === 'xml' && local === 'id');
        // The target of a reference has no comments, whatever the method says (XMLDSig §4.4.3.3).
        return id ? [one, other].map((form) => ({ id: id.value, form, line })) : [];
      });
      const digests = await byXmlsec1(text, targets);
      assert.equal(digests.length, targets.length);
      for (const [place, { form, line }] of targets.entries()) {
        const octets = productOctets(text, pathOf(line), { ...form, comments: false });
        assert.equal(octets, canonicalElement(line, { ...form, comments: false }), text);
        assert.equal(digests[place], hash('sha256', octets, 'base64'), `${octets}\n${text}`);
        judged += 1;
      }
    }
    assert.ok(judged > amount.numRuns, String(judged));
  }).timeout(0);
});

/**
 * Whether more than one of the elements above has the same xml: attribute. Canonical XML 1.0 §2.4 takes the nearest; the JDK, in
 * version 17 at least, takes the outermost. The exclusive form has none of them.
 */
const isDisputed = (line: readonly Element[], { exclusive }: CanonicalForm): boolean => {
  const above = line.slice(0, -1).flatMap(({ attributes }) => attributes);
  const names = above.filter(({ prefix }) => prefix === 'xml').map(({ local }) => local);
  return !exclusive && new Set(names).size < names.length;
};

describeWith([stacks.java], 'canonical forms by the JDK', () => {
  it('are those of the vectors', async () => {
    const read = vectors.filter(
      ({ input, title }) =>
        !/<[^>]*[\uf900\u{10000}]/u.test(String(input)) && !/cut out.*: inclusive/.test(title),
    );
    assert.ok(read.length >= 56, String(read.length));
    const answers = await byJava(read.map(({ input, apex, form }) => ({ text: input, path: apex, form })));
    assertSame(
      answers,
      read.map(({ octets }) => octets),
      read.map(({ title }) => title),
    );
  }).timeout(0);

  it('are those of the second canonicalizer, for every element of generated documents', async () => {
    const drawn = fc.sample(fc.tuple(anyDocuments('i', fourthEdition), forms, fc.nat()), amount);
    const asked = drawn.flatMap(([document, form, seed]): (Question & { expected: string })[] => {
      const text = spell(document, createDice(seed));
      const judged = lines(document.root).filter((line) => !isDisputed(line, form));
      return judged.map((line) => ({
        text,
        path: pathOf(line),
        form,
        expected: canonicalElement(line, form),
      }));
    });
    assertSame(
      await byJava(asked),
      asked.map(({ expected }) => expected),
      asked.map(({ text }) => String(text)),
    );
  }).timeout(0);
});
