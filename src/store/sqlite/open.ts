// Opens the register: directory, lock, database, migrations. What cannot be used is said in one line.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Durability, Table } from '../engine.ts';
import { keepPrivate } from '../private.ts';
import { damaged, orDataDirectoryError } from '../refusals.ts';
import { isMisfit, loadDriver, MEMORY, openSqlite, type Sqlite } from './driver.ts';
import type { OpenDatabase } from './engine.ts';
import { checkpointAtRest } from './idle.ts';
import { migrate, recognise } from './layout.ts';
import { lockDirectory } from './lock.ts';
import { watchFiles } from './presence.ts';

/** How long another program may hold the register before a change is refused, in milliseconds: everybody waits for it. */
const PATIENCE = 1000;

const openDatabase = (file: string, durability: Durability, tables: readonly Table[]): Sqlite => {
  const database = openSqlite(file, PATIENCE);
  try {
    recognise(database);
    for (const one of [file, `${file}-wal`, `${file}-shm`]) if (file !== MEMORY) keepPrivate(one);
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${durability === 'power' ? 'FULL' : 'NORMAL'}`);
    migrate(database, tables);
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw damaged(file, 'its pages do not fit together');
    }
    // A read-only file opens without complaint; better to learn it now than at the first change.
    database.exec('BEGIN IMMEDIATE; UPDATE form SET form = form; COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw isMisfit(error) ? damaged(file, (error as Error).message) : error;
  }
};

/**
 * Opens the database of a data directory, or one in memory.
 *
 * @throws DataDirectoryError with one line: in use, read-only, full, damaged, another program's, of a newer version;
 *   UserError when SQLite itself is missing
 */
export const openTables = (
  directory: string | undefined,
  durability: Durability,
  tables: readonly Table[],
): OpenDatabase => {
  if (directory === undefined) {
    const database = openDatabase(MEMORY, durability, tables);
    return { database, tables, lost: () => undefined, close: () => database.close() };
  }
  loadDriver();
  return orDataDirectoryError(() => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const unlock = lockDirectory(directory);
    try {
      const file = join(directory, 'register.db');
      const database = openDatabase(file, durability, tables);
      const endRest = checkpointAtRest(database);
      return {
        database,
        tables,
        lost: watchFiles([file, `${file}-wal`]),
        close: () => {
          endRest();
          database.close();
          unlock();
        },
      };
    } catch (error) {
      unlock();
      throw error;
    }
  }, `the data directory ${directory}`);
};
