// What a register looks like inside: its tables, its upgrades, and how one that is not ours, or not whole, is told.

import type { StatesTable, Table } from '../engine.ts';
import { DataDirectoryError } from '../refusals.ts';
import { createBatch } from './batch.ts';
import type { Own } from './connection.ts';
import { journalTables } from './journal/tables.ts';
import { ALONE } from './locks.ts';
import { COMMON_PARTS, checkWhole, type Parts, partsOf, readParts } from './parts.ts';
import { COMMON, commonDdl, ddlOf, LAYOUT, type Laid, laidOf, quoted, SCHEMA } from './statements.ts';
import { tablesByName } from './tables.ts';

/** The oldest that is maintained (https://www.postgresql.org/support/versioning/). */
const OLDEST = 140_000;

/** By what a register is known. */
const OURS = [
  ...Object.keys(COMMON).map((table) => `table ${table}`),
  'column form.name',
  'column form.form',
];

/** @throws DataDirectoryError where nothing can be kept in it */
const checkServer = async (own: Own, name: string): Promise<void> => {
  const [[replica, version, encoding] = []] = await own.run(
    "SELECT pg_is_in_recovery(), current_setting('server_version_num'), current_setting('server_encoding')",
  );
  if (replica) throw new DataDirectoryError(`${name} is a read-only replica; name the primary`);
  if (Number(version) < OLDEST)
    throw new DataDirectoryError(`${name} is older than PostgreSQL 14; upgrade it`);
  if (encoding !== 'UTF8')
    throw new DataDirectoryError(
      `${name} has the encoding ${encoding}; make the database with ENCODING 'UTF8'`,
    );
};

/** Without the right to use it, a schema is passed over in silence. */
const checkRights = async (own: Own, name: string): Promise<void> => {
  const [[may] = []] = await own.run(`SELECT has_schema_privilege('${SCHEMA}', 'USAGE')`);
  if (!may)
    throw new DataDirectoryError(`${name}: the user may not use the schema ${SCHEMA}; let it own the schema`);
};

const make = async (own: Own, tables: readonly Laid[]): Promise<void> => {
  for (const statement of tables.flatMap(ddlOf)) await own.run(statement);
};

const record = async (own: Own, tables: readonly Laid[]): Promise<void> => {
  await own.ask({
    text: `INSERT INTO form SELECT * FROM unnest($1::text[], $2::int[])
      ON CONFLICT (name) DO UPDATE SET form = excluded.form`,
    values: [tables.map(({ name }) => name), tables.map(({ form }) => form)],
  });
};

const ROWS_AT_ONCE = 1000;

/** Makes a table anew whose form is another now: its keys may be others too. */
const renew = async (own: Own, table: StatesTable): Promise<void> => {
  const before = `${table.name}.before`;
  await own.run(`ALTER TABLE ${quoted(table.name)} RENAME TO ${quoted(before)}`);
  // The names of its indexes, and of its sequence, are wanted again.
  const names = await own.ask({
    text: 'SELECT relname FROM pg_class JOIN pg_index ON indexrelid = pg_class.oid WHERE indrelid = $1::regclass',
    values: [quoted(before)],
  });
  for (const [name] of names)
    await own.run(`ALTER INDEX ${quoted(String(name))} RENAME TO ${quoted(`${name}.before`)}`);
  await own.run(
    `ALTER SEQUENCE IF EXISTS ${quoted(`${table.name}_place_seq`)} RENAME TO ${quoted(`${table.name}_place_seq.before`)}`,
  );
  await make(own, [laidOf(table)]);
  const batch = createBatch(tablesByName([table]), new Map());
  let place = 0;
  for (;;) {
    const rows = await own.ask({
      text: `SELECT place, body, changed FROM ${quoted(before)} WHERE place > $1 ORDER BY place LIMIT ${ROWS_AT_ONCE}`,
      values: [place],
    });
    for (const [, body, changed] of rows) {
      const state = table.renew(String(body));
      batch.keep(table.name, state, changed === null ? null : Number(changed));
    }
    await batch.send(own);
    if (rows.length < ROWS_AT_ONCE) break;
    place = Number(rows.at(-1)?.[0]);
  }
  await own.run(`DROP TABLE ${quoted(before)}`);
};

/** Makes the tables that are new since a register was made, and renews those whose form has changed. */
const bringUp = async (own: Own, name: string, tables: readonly Laid[], parts: Parts): Promise<void> => {
  checkWhole(name, COMMON_PARTS, parts);
  const rows = await own.run('SELECT name, form FROM form');
  const forms = new Map(rows.map(([table, form]) => [String(table), Number(form)]));
  for (const table of tables) {
    const form = forms.get(table.name) ?? 0;
    if (form > table.form)
      throw new DataDirectoryError(
        (setting) =>
          `${name} was written by a newer version (form ${form} of ${table.name}, this one knows ${table.form}); upgrade, or choose another database with ${setting('store')}`,
      );
    if (form === table.form) checkWhole(name, partsOf(table), parts);
  }
  const added = tables.filter((table) => !forms.has(table.name));
  const changed = tables.filter((table) => (forms.get(table.name) ?? table.form) < table.form);
  if (added.length + changed.length === 0) return;
  if (changed.length > 0) await own.run(ALONE);
  await make(own, added);
  for (const { states } of changed) if (states) await renew(own, states);
  // Programs that know the forms of before must not write any more; what is only added does not concern them.
  if (changed.length > 0)
    await own.run(
      `INSERT INTO counter AS old VALUES ('${LAYOUT}', 1) ON CONFLICT (name) DO UPDATE SET value = old.value + 1`,
    );
  await record(own, tables);
};

/**
 * Makes the register where there is none, and brings one that is there up to this version; within an open transaction.
 *
 * @param name of the database, as people know it
 * @returns which form of the tables this program knows
 * @throws (rejects) DataDirectoryError: of another program, of a newer version, not whole, a replica
 */
export const bringUpToDate = async (own: Own, name: string, all: readonly Table[]): Promise<number> => {
  const tables = [...all.map(laidOf), ...journalTables];
  await checkServer(own, name);
  const [schema] = await own.ask({ text: 'SELECT 1 FROM pg_namespace WHERE nspname = $1', values: [SCHEMA] });
  if (!schema) await own.run(`CREATE SCHEMA ${SCHEMA}`);
  await checkRights(own, name);
  const parts = await readParts(own);
  if (parts.size === 0) {
    for (const statement of commonDdl()) await own.run(statement);
    await make(own, tables);
    await record(own, tables);
    return 0;
  }
  if (!OURS.every((part) => parts.has(part)))
    throw new DataDirectoryError(
      (setting) =>
        `${name}: the schema ${SCHEMA} belongs to another program; choose another database with ${setting('store')}`,
    );
  await bringUp(own, name, tables, parts);
  const [[layout] = []] = await own.run(`SELECT value FROM counter WHERE name = '${LAYOUT}'`);
  return Number(layout ?? 0);
};
