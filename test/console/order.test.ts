// The order of the list of exchanges: what came later is on top, and those of one emulator stand in the order of their numbers.

import assert from 'node:assert/strict';
import { onTop } from '../../src/console/page/state/order.ts';

interface One {
  readonly id: string;
  readonly number: number;
}

const all = (...ids: string[]): One[] => ids.map((id) => ({ id, number: Number(id.split('-')[1]) }));
const shown = (more: readonly One[], list: readonly One[], most = 10): string[] =>
  onTop(more, list, most).map(({ id }) => id);

describe('the order of exchanges in the console', () => {
  it('has what came later on top', () => {
    assert.deepEqual(shown(all('a-3', 'a-2'), all('a-1')), ['a-3', 'a-2', 'a-1']);
    assert.deepEqual(shown([], all('a-1')), ['a-1']);
  });

  it('has one that was over later where it began', () => {
    assert.deepEqual(shown(all('a-2'), all('a-4', 'a-3', 'a-1')), ['a-4', 'a-3', 'a-2', 'a-1']);
    assert.deepEqual(shown(all('a-1', 'a-3'), all('a-2')), ['a-3', 'a-2', 'a-1']);
  });

  it('has what another emulator answered as it came, whatever its number', () => {
    assert.deepEqual(shown(all('a-2'), all('b-100001', 'a-1')), ['a-2', 'b-100001', 'a-1']);
    assert.deepEqual(shown(all('b-100002', 'a-3'), all('a-2', 'b-100001', 'a-1')), [
      ...['b-100002', 'a-3', 'a-2', 'b-100001', 'a-1'],
    ]);
    assert.deepEqual(shown(all('a-2'), all('b-100002', 'a-3', 'b-100001')), [
      ...['b-100002', 'a-3', 'a-2', 'b-100001'],
    ]);
    // The same emulator, started again.
    assert.deepEqual(shown(all('c-2'), all('a-9')), ['c-2', 'a-9']);
  });

  it('has each once, and no more than it may', () => {
    assert.deepEqual(shown(all('a-2', 'a-2', 'a-1'), all('a-1')), ['a-2', 'a-1']);
    assert.deepEqual(shown(all('a-4', 'a-3'), all('a-2', 'a-1'), 3), ['a-4', 'a-3', 'a-2']);
  });
});
