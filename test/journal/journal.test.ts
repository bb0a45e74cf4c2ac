// What the journal keeps: the last exchanges, as many as it may count and weigh, and nothing of what was cleared.

import assert from 'node:assert/strict';
import { createHistory } from '../../src/journal/history.ts';
import { type Journal, newSession } from '../../src/journal/journal.ts';
import { exchange } from './exchange.ts';
import { newJournal } from './new-journal.ts';
import { ALL } from './wanted.ts';

const MIB = 1024 * 1024;
const nothing = { headers: {}, body: Buffer.alloc(0) };
const about = { method: 'POST', path: '/a', remote: '127.0.0.1' };

const several = (count: number, once: () => string): string[] => Array.from({ length: count }, once);
const kept = (journal: Journal): string[] => journal.list().map(({ id }) => id);
const lastOf = (ids: readonly string[], count: number): string[] => ids.slice(-count).reverse();

describe('the journal keeps', () => {
  it('the last 1000 exchanges', () => {
    const journal = newJournal(() => 0);
    const ids = several(1005, () => exchange(journal, 10));
    assert.deepEqual(kept(journal), lastOf(ids, 1000));
    assert.equal(journal.find(ids[4] ?? ''), undefined);
    assert.equal(journal.find(ids[5] ?? '')?.id, ids[5]);
  });

  for (const [what, request, response] of [
    ['requests', MIB, 0],
    ['answers', 0, MIB],
    ['requests with their answers', MIB / 4, (3 * MIB) / 4],
  ] as const)
    it(`${what} of 32 MiB together, and no byte more`, () => {
      const journal = newJournal(() => 0);
      const ids = several(40, () => exchange(journal, request, response));
      assert.deepEqual(kept(journal), lastOf(ids, 32));
      ids.push(exchange(journal, 0, 0));
      assert.deepEqual(kept(journal), lastOf(ids, 33));
      ids.push(exchange(journal, 1, 0));
      assert.deepEqual(kept(journal), lastOf(ids, 33));
    });

  it('as much as before once it was cleared, however much there was', () => {
    const journal = newJournal(() => 0);
    several(32, () => exchange(journal, MIB));
    for (let round = 0; round < 2; round += 1) {
      journal.clear();
      assert.deepEqual(kept(journal), []);
      const ids = several(32, () => exchange(journal, MIB));
      assert.deepEqual(kept(journal), lastOf(ids, 32));
      ids.push(exchange(journal, 1));
      assert.deepEqual(kept(journal), lastOf(ids, 32));
    }
  });
});

describe('exchanges that end in another order than they began', () => {
  it('are listed by their numbers, the last one first, and told once each', async () => {
    const session = newSession();
    const [here, elsewhere] = [
      newJournal(() => 0, undefined, session),
      newJournal(() => 0, undefined, session),
    ];
    const traces = several(4, () => '').map(() => elsewhere.begin({ ...about, request: nothing }));
    const told: number[] = [];
    here.subscribe(({ number }) => told.push(number));
    elsewhere.subscribe(here.take);
    for (const place of [2, 0, 3, 1]) traces[place]?.finished(200, nothing);
    assert.deepEqual(told, [3, 1, 4, 2]);
    const numbers = (entries: readonly { readonly number: number }[]) => entries.map(({ number }) => number);
    assert.deepEqual(numbers(here.list()), [4, 3, 2, 1]);
    const history = createHistory(here);
    assert.deepEqual(numbers(await history.list({ ...ALL, limit: 1 })), [4]);
    assert.deepEqual(numbers(await history.list({ ...ALL, limit: 2, before: 4 })), [3, 2]);
    assert.deepEqual(numbers(await history.list({ ...ALL, limit: 9, after: 2 })), [4, 3]);
  });

  it('take the place of one with the same number, as if that had never been', () => {
    const session = newSession();
    const journal = newJournal(() => 0, undefined, session);
    for (let round = 0; round < 40; round += 1) {
      const other = newJournal(() => 0, undefined, session);
      other.subscribe(journal.take);
      exchange(other, MIB);
    }
    const ids = several(31, () => exchange(journal, MIB)).slice(1);
    assert.equal(kept(journal).length, 31);
    assert.deepEqual(kept(journal), [...lastOf(ids, 30), `${session}-1`]);
  });
});

describe('what the journal writes down of a refusal', () => {
  it('is cut after 600 characters, in each of its sentences', () => {
    const journal = newJournal(() => 0);
    const trace = journal.begin({ ...about, request: { headers: {}, body: Buffer.alloc(0) } });
    const [whole, long] = ['a'.repeat(600), 'b'.repeat(601)];
    trace.refused({ check: long, expected: whole, found: long, rule: '', remedy: '', basis: 'assumed' });
    trace.finished(500, { headers: {}, body: Buffer.alloc(0) });
    const { check, expected, found } = journal.find(trace.id)?.explanation ?? {};
    const cut = `${'b'.repeat(600)}…`;
    assert.deepEqual([check, expected, found], [cut, whole, cut]);
  });
});
