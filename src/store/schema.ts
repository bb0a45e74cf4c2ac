// What a register looks like inside: its mark, its migrations, and how one that is not ours, or not whole, is told.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../kernel/root.ts';
import { DataDirectoryError, damaged } from './refusals.ts';
import { MEMORY, openSqlite, type Sqlite } from './sqlite.ts';

const MIGRATIONS = packagePath('src/store/migrations/');

/** `KONT` in the header of the file (https://sqlite.org/pragma.html#pragma_application_id). */
const MARK = 0x4b4f4e54;

/** The tables that every version of the register had, those without a mark too. */
const FIRST_TABLES = ['person', 'postkasse', 'endring', 'leverandoer', 'tilgang', 'seeded'];

const numberOf = (database: Sqlite, pragma: string): number =>
  database.pragma(pragma, { simple: true }) as number;

/** Ours is what has our mark, what is empty, and what has no mark but most of the tables of a first version. */
const isOurs = (database: Sqlite): boolean => {
  const mark = numberOf(database, 'application_id');
  if (mark !== 0) return mark === MARK;
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  const known = FIRST_TABLES.filter((name) => tables.includes(name));
  return (
    known.length > FIRST_TABLES.length / 2 ||
    (tables.length === 0 && numberOf(database, 'user_version') === 0)
  );
};

/**
 * Looks at a database before anything in it is changed.
 *
 * @throws DataDirectoryError when it belongs to another program
 */
export const recognise = (database: Sqlite): void => {
  if (isOurs(database)) return;
  throw new DataDirectoryError(
    (name) =>
      `${database.name} is a database of another program; move it away, or choose another directory with ${name('data')}`,
  );
};

const migrationFiles = (): readonly string[] =>
  readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .sort();

/** Every table, index and column, by name. */
const partsOf = (database: Sqlite): readonly string[] =>
  database
    .prepare(
      `SELECT type || ' ' || name FROM sqlite_schema
       UNION ALL SELECT 'column ' || s.name || '.' || c.name FROM sqlite_schema s, pragma_table_info(s.name) c
       WHERE s.type = 'table'`,
    )
    .pluck()
    .all() as string[];

/** Runs the migrations that a database has not had; each in a transaction with its mark. */
const runFrom = (database: Sqlite, done: number, files: readonly string[]): void => {
  files.slice(done).forEach((name, index) => {
    const sql = readFileSync(join(MIGRATIONS, name), 'utf8');
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${done + index + 1}`);
    })();
  });
};

/** Compares with a register that was just made: an index that is gone, say, would let two mailboxes be active. */
const checkWhole = (database: Sqlite, files: readonly string[]): void => {
  const fresh = openSqlite(MEMORY, 0);
  try {
    runFrom(fresh, 0, files);
    const there = new Set(partsOf(database));
    const lacking = partsOf(fresh).find((part) => !there.has(part));
    if (lacking !== undefined) throw damaged(database.name, `it has no ${lacking}`);
  } finally {
    fresh.close();
  }
};

/**
 * Brings a register up to this version, and marks it as ours.
 *
 * @throws DataDirectoryError when it is of a newer version, or lacks a part that it should have
 */
export const migrate = (database: Sqlite): void => {
  const files = migrationFiles();
  const done = numberOf(database, 'user_version');
  if (done > files.length) {
    throw new DataDirectoryError(
      (name) =>
        `${database.name} was written by a newer version (schema ${done}, this one knows ${files.length}); upgrade, or choose another directory with ${name('data')}`,
    );
  }
  const before = done === 0 ? undefined : files.slice(0, done);
  if (before) checkWhole(database, before);
  if (numberOf(database, 'application_id') !== MARK) database.pragma(`application_id = ${MARK}`);
  runFrom(database, done, files);
};
