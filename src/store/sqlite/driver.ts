// The one place where a database is opened: the native part of SQLite is there, and the file is nobody else's to read.

import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { codeOf } from '../../kernel/error-code.ts';
import { UserError } from '../../kernel/user-error.ts';
import { PRIVATE } from '../private.ts';

export type Sqlite = Database.Database;

export const MEMORY = ':memory:';

/** The driver without the part of it that is built for this machine. */
class DriverError extends UserError {}

const isUnbuilt = (error: unknown): boolean =>
  codeOf(error) === 'ERR_DLOPEN_FAILED' ||
  (error instanceof Error && /^Could not locate the bindings file/.test(error.message));

/**
 * Loads the native part; before any file is made, since without it nothing can be done.
 *
 * @throws UserError when better-sqlite3 was installed without it
 */
export const loadDriver = (): void => {
  try {
    new Database(MEMORY).close();
  } catch (error) {
    if (!isUnbuilt(error)) throw error;
    throw new DriverError(
      `better-sqlite3 has no native part for this Node.js (${process.version}): install scripts were off (--ignore-scripts, pnpm), or another version built it; build it with npm rebuild better-sqlite3 --ignore-scripts=false (pnpm approve-builds, then pnpm rebuild better-sqlite3), which needs python3, make and g++ where no ready one is found`,
    );
  }
};

/**
 * Opens a database. A new file can be read by its owner alone, and so can the files that SQLite makes beside it, which take
 * their mode from it.
 *
 * @param timeout how long another program may hold it, in milliseconds
 * @throws UserError when better-sqlite3 was installed without its native part
 */
export const openSqlite = (file: string, timeout: number): Sqlite => {
  loadDriver();
  if (file !== MEMORY) closeSync(openSync(file, 'a', PRIVATE));
  return new Database(file, { timeout });
};

/** Whether a write failed because a number belongs to another row already. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE';

export const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');

/** Whether a statement does not fit the tables that are there. */
export const isMisfit = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR';
