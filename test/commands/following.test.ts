// Who follows the journal is told of every exchange once, in whatever order they end.

import assert from 'node:assert/strict';
import { createFollowing } from '../../src/commands/journal/following.ts';

describe('who follows the journal', () => {
  let over: number[];
  let time: number;
  let asked: (number | undefined)[];
  beforeEach(() => {
    over = [];
    time = 0;
    asked = [];
  });
  /** What is told of one look, as the emulator answers it: the highest number first. */
  const following = (first = 20) => {
    const { after, news } = createFollowing<{ readonly id: string; readonly number: number }>(() => time);
    return (): number[] => {
      const from = after();
      asked.push(from);
      const found = over.filter((number) => number > (from ?? 0)).sort((one, other) => other - one);
      const entries = from === undefined ? found.slice(0, first) : found;
      return news(entries.map((number) => ({ id: `s-${number}`, number }))).map(({ number }) => number);
    };
  };

  it('is told of the last ones first, and then of what comes', () => {
    const look = following(2);
    over = [1, 2, 3];
    assert.deepEqual(look(), [2, 3]);
    assert.deepEqual(look(), []);
    over.push(5, 4);
    assert.deepEqual(look(), [4, 5]);
    assert.deepEqual(look(), []);
  });

  it('is told of one that is over after others that began later', () => {
    const look = following();
    assert.deepEqual(look(), []);
    over = [1, 3, 4];
    assert.deepEqual(look(), [1, 3, 4]);
    time = 4000;
    over.push(6);
    assert.deepEqual(look(), [6]);
    over.push(2, 5);
    assert.deepEqual(look(), [2, 5]);
    assert.deepEqual(look(), []);
  });

  it('is told of one that was not over yet when the first ones were told', () => {
    const look = following(3);
    over = [4, 6, 8];
    assert.deepEqual(look(), [4, 6, 8]);
    over.push(5, 7);
    assert.deepEqual(look(), [5, 7]);
  });

  it('asks for nothing again that was over long ago', () => {
    const look = following();
    over = [1, 2];
    look();
    for (time = 0; time <= 20_000; time += 300) look();
    assert.equal(asked.at(-1), 2);
    over.push(3);
    assert.deepEqual(look(), [3]);
    assert.equal(asked.at(-1), 2);
  });

  it('goes by the order of the journal, also where several emulators give its numbers', () => {
    const follower = createFollowing<{ readonly id: string; readonly number: number }>(() => time);
    const kept: number[] = [];
    const look = (): number[] => {
      const from = follower.after();
      const found = from === undefined ? kept.slice(-3) : kept.slice(kept.indexOf(from) + 1);
      const entries = found.map((number) => ({ id: `s-${number}`, number })).toReversed();
      return follower.news(entries).map(({ number }) => number);
    };
    kept.push(1, 100_001, 2, 100_002);
    assert.deepEqual(look(), [100_001, 2, 100_002]);
    kept.push(3, 200_001);
    assert.deepEqual(look(), [3, 200_001]);
    const more = [4, 100_003, 200_002, 5, 100_004, 6, 7, 8, 9, 10];
    for (const number of more) {
      time += 1500;
      kept.push(number);
      assert.deepEqual(look(), [number]);
      assert.deepEqual(look(), []);
    }
  });
});
