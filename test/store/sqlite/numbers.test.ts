// Running numbers: taken in blocks, given back when the register is closed, and no reason to fail where the disk is full.

import assert from 'node:assert/strict';
import type { Sqlite } from '../../../src/store/sqlite/driver.ts';
import { createNumbers } from '../../../src/store/sqlite/numbers.ts';
import { openTables } from '../../../src/store/sqlite/open.ts';

describe('running numbers (SQLite)', () => {
  let database: Sqlite;
  const numbersOf = (name: string) => createNumbers(database, name, () => undefined);
  const kept = (name: string): number | undefined =>
    database.prepare<[string], number>('SELECT value FROM counter WHERE name = ?').pluck().get(name);

  beforeEach(() => {
    database = openTables(undefined, 'crash', []).database;
  });
  afterEach(() => database.close());

  it('are taken a block at a time, and what was not given out is given back', () => {
    const numbers = numbersOf('a');
    assert.deepEqual([numbers.next(), numbers.next()], [1, 2]);
    assert.equal(kept('a'), 1000);
    numbers.giveBack();
    assert.equal(kept('a'), 2);
    assert.equal(numbersOf('a').next(), 3);
  });

  it('are not given back where another block was taken since', () => {
    const first = numbersOf('a');
    first.next();
    assert.equal(numbersOf('a').next(), 1001);
    first.giveBack();
    assert.equal(kept('a'), 2000);
  });

  it('go on, and are closed, where nothing can be written', () => {
    const [begun, fresh] = [numbersOf('a'), numbersOf('b')];
    begun.next();
    database.pragma('query_only = 1');
    assert.deepEqual([begun.next(), fresh.next()], [2, 1]);
    begun.giveBack();
    fresh.giveBack();
    database.pragma('query_only = 0');
    assert.deepEqual([kept('a'), kept('b')], [1000, undefined]);
  });

  it('fail for every other reason', () => {
    const numbers = numbersOf('a');
    numbers.next();
    database.exec('DROP TABLE counter');
    assert.throws(() => numbers.giveBack(), /no such table/);
  });
});
