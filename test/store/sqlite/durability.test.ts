// What a stored change outlives: the end of the process by default, the end of the power on request.

import assert from 'node:assert/strict';
import type { Durability } from '../../../src/store/engine.ts';
import { openTables } from '../../../src/store/sqlite/open.ts';
import { newDirectory } from '../../directories.ts';

/** How much SQLite waits for the disk, as SQLite numbers it: 1 at checkpoints, 2 at every commit. */
const waits = (durability: Durability): unknown => {
  const { database, close } = openTables(newDirectory(), durability, []);
  try {
    return [
      database.pragma('synchronous', { simple: true }),
      database.pragma('journal_mode', { simple: true }),
    ];
  } finally {
    close();
  }
};

describe('the durability of the register (SQLite)', () => {
  it('is a crash of the process: the disk is waited for at checkpoints', () => {
    assert.deepEqual(waits('crash'), [1, 'wal']);
  });

  it('is a power cut: the disk is waited for at every commit', () => {
    assert.deepEqual(waits('power'), [2, 'wal']);
  });
});
