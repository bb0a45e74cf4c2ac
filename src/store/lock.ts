// One emulator per data directory: a lock that the kernel releases when the process dies, however it dies.

import { accessSync, constants } from 'node:fs';
import Database from 'better-sqlite3';
import { UserError } from '../kernel/user-error.ts';

/** A data directory that cannot be used. */
export class DataDirectoryError extends UserError {}

/**
 * Takes the lock, a write transaction on an otherwise empty SQLite file that stays open for the life of the process.
 *
 * @returns what releases it
 * @throws DataDirectoryError when another process holds it
 */
export const lockDirectory = (file: string, directory: string): (() => void) => {
  const lock = new Database(file, { timeout: 0 });
  // On a file that may only be read, SQLite would take a reader's lock instead, and without a word.
  accessSync(file, constants.W_OK);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new DataDirectoryError(
        `the data directory ${directory} is in use by another running emulator; stop it, or choose another with --data`,
      );
    }
    throw error;
  }
  return () => lock.close();
};
