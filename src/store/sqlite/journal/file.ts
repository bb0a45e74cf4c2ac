// The file of the journal. One that cannot be used is set aside: it must not keep anybody from starting.

import { existsSync, renameSync, rmSync } from 'node:fs';
import { codeOf } from '../../../kernel/error-code.ts';
import { keepPrivate } from '../../private.ts';
import { causeOf } from '../../refusals.ts';
import { isMisfit, MEMORY, openSqlite, type Sqlite } from '../driver.ts';

/** `KONJ` in the header of the file (https://sqlite.org/pragma.html#pragma_application_id). */
const MARK = 0x4b4f4e4a;
const FORM = 1;

/** How long another program may hold the file, in milliseconds: nobody waits for it but the journal. */
const PATIENCE = 5000;

/** The index holds all that is filtered by, so that a list reads rows only of what it shows. */
const TABLES = `
  CREATE TABLE profile (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE);
  CREATE TABLE exchange (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    number INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    service TEXT,
    operation TEXT,
    problem TEXT,
    profile INTEGER,
    request_bytes INTEGER NOT NULL,
    response_bytes INTEGER NOT NULL,
    entry TEXT NOT NULL,
    request BLOB NOT NULL,
    response BLOB NOT NULL
  );
  CREATE INDEX exchange_found ON exchange (number, refused, service, operation, problem);
  CREATE TABLE note (
    place INTEGER NOT NULL,
    variant TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (place, variant)
  ) WITHOUT ROWID;
`;

/** A file that holds something else. */
class ForeignError extends Error {}

const numberOf = (database: Sqlite, pragma: string): number =>
  database.pragma(pragma, { simple: true }) as number;

/** @throws ForeignError when it is another program's, or of a version that is not known here */
const recognise = (database: Sqlite): 'new' | 'ours' => {
  const mark = numberOf(database, 'application_id');
  const form = numberOf(database, 'user_version');
  if (mark === MARK && form === FORM) return 'ours';
  if (mark === MARK)
    throw new ForeignError(`it is of another version (form ${form}, this one knows ${FORM})`);
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (mark === 0 && form === 0 && tables === 0) return 'new';
  throw new ForeignError('it is a database of another program');
};

const open = (file: string): Sqlite => {
  const database = openSqlite(file, PATIENCE);
  try {
    const state = recognise(database);
    for (const one of [file, `${file}-wal`, `${file}-shm`]) if (file !== MEMORY) keepPrivate(one);
    // Before the first table is made: later either would take a rewriting of the file.
    if (state === 'new') {
      // An exchange of a signed message fills one and a half: fewer and larger writes than by the usual 4096.
      database.pragma('page_size = 8192');
      database.pragma('auto_vacuum = INCREMENTAL');
    }
    database.pragma('journal_mode = WAL');
    database.pragma('wal_autocheckpoint = 500');
    // An unclean death may lose the tail, and nothing else.
    database.pragma('synchronous = NORMAL');
    database.pragma('journal_size_limit = 4194304');
    if (state === 'new')
      database.transaction(() => {
        database.exec(TABLES);
        database.pragma(`application_id = ${MARK}`);
        database.pragma(`user_version = ${FORM}`);
      })();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const UNUSABLE = ['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'EISDIR', 'SQLITE_CANTOPEN_ISDIR'];

/** What is wrong with the file itself, in words; undefined where it is the disk, or another program, that refuses. */
export const faultOf = (error: unknown): string | undefined => {
  if (error instanceof ForeignError) return error.message;
  const code = codeOf(error);
  if (UNUSABLE.some((name) => code === name || code.startsWith(`${name}_`)))
    return code === 'EISDIR' ? 'it is a directory' : 'it is damaged, or no SQLite database';
  return isMisfit(error) ? `it is damaged (${(error as Error).message})` : undefined;
};

/** What keeps exchanges from being kept, in words. */
export const lostBy = (error: unknown): string =>
  causeOf(error) ?? (error instanceof Error ? error.message : String(error));

/** Puts a file that cannot be used, with what SQLite has beside it, out of the way; returns where it lies now. */
export const setAside = (file: string): string => {
  const free = (count: number): string => {
    const name = `${file}.aside${count === 1 ? '' : `-${count}`}`;
    return existsSync(name) ? free(count + 1) : name;
  };
  const aside = free(1);
  renameSync(file, aside);
  for (const end of ['-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, aside + end);
  return aside;
};

/** Removes the file, with what SQLite has beside it: nothing of what was in it is left. */
export const removeJournalFile = (file: string): void => {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
};

/**
 * Opens the file, or makes it.
 *
 * @param told what became of a file that could not be used
 * @throws what SQLite or the file system throws where the file is not to blame
 */
export const openJournalFile = (file: string, told: (message: string) => void): Sqlite => {
  try {
    return open(file);
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined || file === MEMORY) throw error;
    told(
      `${file} cannot be used: ${fault}; it was set aside as ${setAside(file)}, and the journal begins anew`,
    );
    return open(file);
  }
};
