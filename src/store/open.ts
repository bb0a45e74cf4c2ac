// Opens the register: directory, lock, database, migrations. What cannot be used is said in one line.

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { packagePath } from '../kernel/root.ts';
import { DataDirectoryError, lockDirectory } from './lock.ts';

export type Sqlite = Database.Database;

export interface OpenStore {
  readonly database: Sqlite;
  /** Brings the log into the database file and lets go of the directory. */
  close(): void;
}

/** What survives: the death of the process (WAL, NORMAL), or also of the machine (FULL). */
export type Durability = 'crash' | 'power';

const MIGRATIONS = packagePath('src/store/migrations/');

/** Runs the migrations that a database has not had; each in a transaction with its mark. */
const migrate = (database: Sqlite): void => {
  const files = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const done = database.pragma('user_version', { simple: true }) as number;
  if (done > files.length) {
    throw new DataDirectoryError(
      (name) =>
        `register.db was written by a newer version (schema ${done}, this one knows ${files.length}); upgrade, or choose another data directory with ${name('data')}`,
    );
  }
  files.slice(done).forEach((name, index) => {
    const sql = readFileSync(join(MIGRATIONS, name), 'utf8');
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${done + index + 1}`);
    })();
  });
};

const CAUSES: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk is full; free some space and start again',
  SQLITE_BUSY: 'another program holds it locked; let that program finish, or close it',
  SQLITE_READONLY: 'it cannot be written to; check the owner and the permissions',
  SQLITE_CANTOPEN: 'it cannot be opened; check that the path is a writable directory',
  SQLITE_PERM: 'permission denied; check the owner and the permissions',
  SQLITE_NOTADB: 'it is no SQLite database; move it away to start with a new one',
  SQLITE_CORRUPT: 'it is damaged; move it away to start with a new one',
  SQLITE_IOERR: 'the disk failed to read or write it (is it full?)',
  EACCES: 'permission denied: it cannot be written to; check the owner and the permissions',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full; free some space and start again',
  ENOTDIR: 'a part of the path is a file, not a directory',
  EEXIST: 'the path is a file, not a directory',
};

/** The cause of a failed file or database call in words, or undefined when it is none of the known ones. */
export const causeOf = (error: unknown): string | undefined => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = Object.keys(CAUSES).find((name) => code === name || code.startsWith(`${name}_`));
  return known ? CAUSES[known] : undefined;
};

/** How long another program may hold the register before a change is refused, in milliseconds: everybody waits for it. */
const PATIENCE = 1000;

const openDatabase = (file: string, durability: Durability): Sqlite => {
  const database = new Database(file, { timeout: PATIENCE });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${durability === 'power' ? 'FULL' : 'NORMAL'}`);
    database.pragma('foreign_keys = ON');
    migrate(database);
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw new DataDirectoryError(`${file}: ${CAUSES.SQLITE_CORRUPT}`);
    }
    // A read-only file opens without complaint; better to learn it now than at the first change.
    database.exec('BEGIN IMMEDIATE; UPDATE seeded SET tidspunkt = tidspunkt; COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/**
 * Opens the store of a data directory, or one in memory.
 *
 * @throws DataDirectoryError with one line: in use, read-only, full, damaged, of a newer version
 */
export const openStore = (directory: string | undefined, durability: Durability): OpenStore => {
  if (directory === undefined) {
    const database = openDatabase(':memory:', durability);
    return { database, close: () => database.close() };
  }
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const unlock = lockDirectory(join(directory, 'lock'), directory);
    try {
      const database = openDatabase(join(directory, 'register.db'), durability);
      return {
        database,
        close: () => {
          database.close();
          unlock();
        },
      };
    } catch (error) {
      unlock();
      throw error;
    }
  } catch (error) {
    if (error instanceof DataDirectoryError) throw error;
    throw new DataDirectoryError(
      `the data directory ${directory}: ${causeOf(error) ?? (error as Error).message}`,
    );
  }
};

/**
 * Runs something that writes, and says in one line what the disk refused.
 *
 * @throws DataDirectoryError
 */
export const orDataDirectoryError = <T>(write: () => T): T => {
  try {
    return write();
  } catch (error) {
    const cause = causeOf(error);
    throw cause === undefined ? error : new DataDirectoryError(`the register: ${cause}`);
  }
};

/** Whether a write failed because a number belongs to another row already. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code === 'SQLITE_CONSTRAINT_UNIQUE';
