// A flood of the same is one line and a number, however fast it comes.

import assert from 'node:assert/strict';
import { noProxy } from '../../src/http/connection-problems.ts';
import { countRepeats } from '../../src/http/repeats.ts';

describe('what comes again within a second', () => {
  /** Reports with the ends of their seconds in the hands of the test. */
  const counting = () => {
    const told: string[] = [];
    const ends: (() => void)[] = [];
    const report = countRepeats(
      ({ explanation }, { remote }) => {
        told.push(`${remote} ${/; (\d+) more/.exec(explanation.found)?.[1] ?? 'first'}`);
        return { 'kontakt-journal': 'id' };
      },
      (end) => ends.push(end),
    );
    const come = (remote: string) => report(noProxy(), { method: '-', path: 'http', remote });
    const endSecond = (): void => {
      for (const end of ends.splice(0)) end();
    };
    return { told, come, endSecond };
  };

  it('is told at first, then as a number when the second is over, until a second is quiet', () => {
    const { told, come, endSecond } = counting();
    assert.deepEqual(come('a'), { 'kontakt-journal': 'id' });
    for (let round = 0; round < 100; round += 1) assert.deepEqual(come('a'), {});
    assert.deepEqual(told, ['a first']);
    endSecond();
    assert.deepEqual(told, ['a first', 'a 100']);
    come('a');
    endSecond();
    endSecond();
    come('a');
    assert.deepEqual(told, ['a first', 'a 100', 'a 1', 'a first']);
  });

  it('is told apart by address, up to twenty', () => {
    const { told, come } = counting();
    for (let place = 0; place < 1000; place += 1) come(`address ${place}`);
    assert.equal(told.length, 21);
  });
});
