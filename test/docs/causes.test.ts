// The causes on docs/troubleshooting.md are made from the hypotheses: DOCS=write npx mocha test/docs/causes.test.ts renews them.

import assert from 'node:assert/strict';
import { causes } from '../../src/explain/causes.ts';
import { broken } from '../explain/broken.ts';
import { assertMade, table } from './pages.ts';

const all = Object.values(causes).flat();

describe('the causes', () => {
  for (const [group, list] of Object.entries(causes))
    it(`${group} are on the page, each with its cure`, () =>
      assertMade(
        'docs/troubleshooting.md',
        `causes ${group}`,
        table(
          ['cause', 'what was done', 'cure'],
          list.map(({ cause, sentence, remedy, stacks = {} }) => [
            `\`${cause}\``,
            sentence,
            [remedy, ...Object.entries(stacks).map(([stack, setting]) => `${stack}: ${setting}`)].join('. '),
          ]),
        ),
        'causes.test.ts',
      ));

  it('have one name each', () => {
    const names = all.map(({ cause }) => cause);
    assert.deepEqual([...new Set(names)], names);
  });

  it('are each shown by a message that is broken in that way', () => {
    const shown = new Set(broken.flatMap(({ cause, besides = [], how }) => [cause, ...besides, how]));
    assert.deepEqual(
      all.map(({ cause }) => cause).filter((cause) => !shown.has(cause)),
      [],
    );
  });
});
