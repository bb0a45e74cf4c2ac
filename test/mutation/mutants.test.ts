// The mistakes that a mutation run puts into the program: one in each place that can hold one, and none where nothing would change.

import assert from 'node:assert/strict';
import { mutantsOf, withMutant } from './mutants.ts';

/** Every other text of a source, with what was done to it. */
const others = (source: string): [what: string, text: string][] =>
  mutantsOf('a.ts', source).map((mutant) => [mutant.what, withMutant(source, mutant)]);

describe('mutants', () => {
  const cases: readonly (readonly [title: string, source: string, ...others: readonly string[]])[] = [
    ['of a condition', 'if (a) b;', 'if (!(a)) b;', 'if (a) ;'],
    ['of a choice', 'x = a ? b : c;', ';', 'x = !(a) ? b : c;'],
    ['of a comparison', 'const x = a <= b;', 'const x = a < b;'],
    ['of an equation', 'const x = a === b;', 'const x = a !== b;'],
    ['of a conjunction', 'const x = a && b;', 'const x = a || b;'],
    ['of a default', 'const x = a ?? b;', 'const x = a;'],
    ['of a negation', 'const x = !a;', 'const x = (a);'],
    ['of a sum', 'const x = a + b;', 'const x = a - b;'],
    ['of a number', 'const x = 41;', 'const x = 42;'],
    ['of a truth', 'const x = true;', 'const x = false;'],
    ['of a word', "const x = 'a';", "const x = '';"],
    ['of a function of one expression', 'const f = () => a;', 'const f = () => undefined;'],
    [
      'of a function of statements',
      'const f = () => { return a; };',
      'const f = () => { return undefined; };',
    ],
    ['of a call for its effect', 'f();', ';'],
    ['of a refusal', 'throw a;', ';'],
    ['behind what is not of ASCII', "const æ = 'ø å', x = 'ü';", "const æ = 'ø å', x = '';"],
  ];
  for (const [title, source, ...expected] of cases)
    it(title, () =>
      assert.deepEqual(
        others(source).map(([, text]) => text),
        expected,
      ),
    );

  for (const [title, source] of [
    ['a type', "type A = 'b' | 1; const x: 'c' = y as 'c';"],
    ['an import', "import { a } from 'b'; export { c } from 'd';"],
    ['the name of a property', "const x = { 'content-type': y };"],
    ['a sentence', "const x = 'send a smaller message';"],
    ['a joined text', 'const x = `a` + b;'],
  ] as const)
    it(`there are none of ${title}`, () => assert.deepEqual(others(source), []));

  it('say what was done', () =>
    assert.deepEqual(
      others('const x = a < 1;').map(([what]) => what),
      ['<= in place of <', '2 in place of 1'],
    ));

  it('are still TypeScript, each of them', () => {
    const source = 'const f = (a?: number, b = 2): number => (a ?? b) || (a && !b ? a - b : -1);';
    for (const [, text] of others(source)) assert.doesNotThrow(() => mutantsOf('a.ts', text), text);
  });

  it('of what is no TypeScript are refused', () =>
    assert.throws(() => mutantsOf('a.ts', 'const x = ;'), /^Error: a\.ts: /));
});
