// What a register looks like inside: its mark, its tables, its upgrades, and how one that is not ours, or not whole, is told.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../../kernel/root.ts';
import type { StatesTable, Table } from '../engine.ts';
import { DataDirectoryError, damaged } from '../refusals.ts';
import { MEMORY, openSqlite, type Sqlite } from './driver.ts';
import { COMMON, ddlOf, statesOf } from './statements.ts';
import { copyRelational } from './upgrade.ts';

/** How the registers of 0.1.0 were made: tables and columns for everything. */
const RELATIONAL = packagePath('src/store/migrations/');

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

const relationalFiles = (): readonly string[] =>
  readdirSync(RELATIONAL)
    .filter((name) => name.endsWith('.sql'))
    .sort();

/** Every table, index and column, by name. */
const partsOf = (database: Sqlite): readonly string[] =>
  database
    .prepare<[], string>(
      `SELECT type || ' ' || name FROM sqlite_schema
       UNION ALL SELECT 'column ' || s.name || '.' || c.name FROM sqlite_schema s, pragma_table_info(s.name) c
       WHERE s.type = 'table'`,
    )
    .pluck()
    .all();

/** Compares with a register that was just made: an index that is gone, say, would let a number belong to two. */
const checkWhole = (database: Sqlite, make: (fresh: Sqlite) => void): void => {
  const fresh = openSqlite(MEMORY, 0);
  try {
    make(fresh);
    const there = new Set(partsOf(database));
    const lacking = partsOf(fresh).find((part) => !there.has(part));
    if (lacking !== undefined) throw damaged(database.name, `it has no ${lacking}`);
  } finally {
    fresh.close();
  }
};

/** Runs the upgrades between the relational forms that a register has not had; each in a transaction with its mark. */
const runRelational = (database: Sqlite, done: number, files: readonly string[]): void => {
  files.slice(done).forEach((name, index) => {
    const sql = readFileSync(join(RELATIONAL, name), 'utf8');
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${done + index + 1}`);
    })();
  });
};

const make = (database: Sqlite, tables: readonly Table[]): void => {
  for (const statement of tables.flatMap(ddlOf)) database.exec(statement);
};

const formOf = (table: Table): number => (table.kind === 'states' ? table.form : 1);

const record = (database: Sqlite, tables: readonly Table[]): void => {
  const put = database.prepare<[string, number]>('INSERT OR REPLACE INTO form VALUES (?, ?)');
  for (const table of tables) put.run(table.name, formOf(table));
};

const ROWS_AT_ONCE = 1000;

/** Makes a table anew whose form is another now: its keys may be others too. */
const renew = (database: Sqlite, table: StatesTable): void => {
  const before = `${table.name}.before`;
  database.exec(`ALTER TABLE "${table.name}" RENAME TO "${before}"`);
  // The names of its indexes are wanted again.
  const indexes = database
    .prepare<[string], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
    )
    .pluck()
    .all(before);
  for (const name of indexes) database.exec(`DROP INDEX "${name}"`);
  make(database, [table]);
  const states = statesOf(database, table);
  const page = database.prepare<[number, number], { place: number; body: string; changed: number | null }>(
    `SELECT place, body, changed FROM "${before}" WHERE place > ? ORDER BY place LIMIT ?`,
  );
  let rows = page.all(0, ROWS_AT_ONCE);
  while (rows.length > 0) {
    for (const { body, changed } of rows) states.save(table.renew(body), changed);
    rows = page.all(rows.at(-1)?.place ?? 0, ROWS_AT_ONCE);
  }
  database.exec(`DROP TABLE "${before}"`);
};

const newer = (database: Sqlite, found: string, known: string): DataDirectoryError =>
  new DataDirectoryError(
    (name) =>
      `${database.name} was written by a newer version (${found}, this one knows ${known}); upgrade, or choose another directory with ${name('data')}`,
  );

/** Makes the tables that are new since a register was made, and renews those whose form has changed. */
const bringUp = (database: Sqlite, tables: readonly Table[]): void => {
  const forms = new Map(
    database
      .prepare<[], { name: string; form: number }>('SELECT name, form FROM form')
      .all()
      .map(({ name, form }) => [name, form]),
  );
  for (const table of tables) {
    const form = forms.get(table.name) ?? 0;
    if (form > formOf(table)) throw newer(database, `form ${form} of ${table.name}`, String(formOf(table)));
  }
  checkWhole(database, (fresh) => {
    for (const statement of COMMON) fresh.exec(statement);
    // What a table had in an earlier form is not known any more.
    make(
      fresh,
      tables.filter((table) => forms.get(table.name) === formOf(table)),
    );
  });
  const added = tables.filter(({ name }) => !forms.has(name));
  const changed = tables.filter((table) => (forms.get(table.name) ?? formOf(table)) < formOf(table));
  if (added.length + changed.length === 0) return;
  database.transaction(() => {
    make(database, added);
    for (const table of changed) if (table.kind === 'states') renew(database, table);
    record(database, tables);
  })();
};

/**
 * Brings a register up to this version, and marks it as ours.
 *
 * @throws DataDirectoryError when it is of a newer version, or lacks a part that it should have
 */
export const migrate = (database: Sqlite, tables: readonly Table[]): void => {
  const files = relationalFiles();
  const version = files.length + 1;
  const done = numberOf(database, 'user_version');
  if (done > version) throw newer(database, `schema ${done}`, String(version));
  if (done > 0 && done < version) {
    checkWhole(database, (fresh) => runRelational(fresh, 0, files.slice(0, done)));
    runRelational(database, done, files);
  }
  if (numberOf(database, 'application_id') !== MARK) database.pragma(`application_id = ${MARK}`);
  if (done === version) {
    bringUp(database, tables);
    return;
  }
  database.transaction(() => {
    for (const statement of COMMON) database.exec(statement);
    make(database, tables);
    record(database, tables);
    if (done > 0) copyRelational(database, tables);
    database.pragma(`user_version = ${version}`);
  })();
};
