// Running numbers: one after the other, never the same again after a restart, also on a disk that is full.

import assert from 'node:assert/strict';
import { createNumbers } from '../../src/store/numbers.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { newDirectory } from '../directories.ts';

describe('running numbers', () => {
  let directory: string;
  let opened: OpenStore;
  const alone = (): void => undefined;
  beforeEach(() => {
    directory = newDirectory();
    opened = openStore(directory, 'crash');
  });
  afterEach(() => opened.close());

  it('run on, over the end of a block too, and each series by itself', () => {
    const [first, other] = ['a', 'b'].map((name) => createNumbers(opened.database, name, alone));
    assert.deepEqual(
      Array.from({ length: 2500 }, () => first?.next()),
      Array.from({ length: 2500 }, (_, index) => index + 1),
    );
    assert.equal(other?.next(), 1);
  });

  it('go on after a restart, beyond all that were given', () => {
    const before = createNumbers(opened.database, 'a', alone);
    before.next();
    opened.close();
    opened = openStore(directory, 'crash');
    const after = createNumbers(opened.database, 'a', alone).next();
    assert.ok(after > 1);
    assert.equal(createNumbers(opened.database, 'a', alone).next() > after, true);
  });

  it('go on without a gap after a clean stop', () => {
    const before = createNumbers(opened.database, 'a', alone);
    before.next();
    before.close();
    const after = createNumbers(opened.database, 'a', alone);
    assert.equal(after.next(), 2);
    // Whoever took no number gives none back.
    createNumbers(opened.database, 'a', alone).close();
    after.close();
    assert.equal(createNumbers(opened.database, 'a', alone).next(), 3);
  });

  it('go on where the disk takes no new block', () => {
    const { next } = createNumbers(opened.database, 'a', alone);
    for (let given = 0; given < 1000; given += 1) next();
    opened.database.pragma('query_only = ON');
    assert.deepEqual([next(), next()], [1001, 1002]);
    opened.database.pragma('query_only = OFF');
  });

  it('end the open group of changes before they take a block, and only then', () => {
    let ended = 0;
    const { next } = createNumbers(opened.database, 'a', () => {
      ended += 1;
    });
    for (let given = 0; given < 1001; given += 1) next();
    assert.equal(ended, 2);
  });
});
