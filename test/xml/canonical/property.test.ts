// Properties of the canonical form: what the specifications make of any document, and never one form for two of them.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createDice } from '../../dice.ts';
import { amount, anyDocuments, documents, forms, narrow } from './documents.ts';
import { lines, pathOf } from './infoset.ts';
import { meaning } from './meaning.ts';
import { productOctets } from './octets.ts';
import { canonicalElement } from './reference.ts';
import { spell } from './spell.ts';

const { numRuns: RUNS, seed: SEED } = amount;
const runs = (numRuns: number) => ({ numRuns, seed: SEED, verbose: fc.VerbosityLevel.Verbose });

describe('properties of the canonical form', function () {
  this.timeout(0);

  it('is what a second canonicalizer makes, of every element of any document, by every method', () => {
    fc.assert(
      fc.property(anyDocuments('i'), forms, fc.nat(), (document, form, seed) => {
        const text = spell(document, createDice(seed));
        for (const line of lines(document.root))
          assert.equal(productOctets(text, pathOf(line), form), canonicalElement(line, form), text);
      }),
      runs(RUNS),
    );
  });

  it('is its own canonical form', () => {
    fc.assert(
      fc.property(anyDocuments(), forms, fc.nat(), (document, form, seed) => {
        const once = productOctets(spell(document, createDice(seed)), [], form);
        assert.equal(productOctets(once, [], form), once);
      }),
      runs(RUNS),
    );
  });

  it('is one for two elements exactly when the two say the same', () => {
    const byOctets = new Map<string, { said: string; text: string }>();
    const byMeaning = new Map<string, { octets: string; text: string }>();
    let met = 0;
    fc.assert(
      fc.property(documents(narrow, 2), forms, fc.nat(), (document, form, seed) => {
        const text = spell(document, createDice(seed));
        for (const line of lines(document.root)) {
          const method = JSON.stringify([form.exclusive, form.comments, [...form.prefixes].sort()]);
          const octets = method + productOctets(text, pathOf(line), form);
          const said = method + meaning(line, form);
          const alike = byOctets.get(octets);
          if (alike && alike.text !== text) met += 1;
          assert.equal(alike?.said ?? said, said, `one form: ${alike?.text} and ${text}`);
          assert.equal(byMeaning.get(said)?.octets ?? octets, octets, `two forms: ${text}`);
          byOctets.set(octets, { said, text });
          byMeaning.set(said, { octets, text });
        }
      }),
      runs(RUNS * 10),
    );
    assert.ok(met > RUNS / 2, `only ${met} elements met one that says the same in another document`);
  });
});
