// The SQL of each table: how it is made, written to and read.

import type { LogTable, Lookup, OnceTable, Row, SavedState, StatesTable, Table } from '../engine.ts';
import type { Sqlite } from './driver.ts';

const quoted = (name: string): string => `"${name}"`;
const column = (key: string): string => quoted(`key_${key}`);

/** What every register has besides the tables of its contracts. */
export const COMMON = [
  'CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE value (name TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID',
  // Which tables there are, and in which form their rows are.
  'CREATE TABLE form (name TEXT PRIMARY KEY, form INTEGER NOT NULL) STRICT, WITHOUT ROWID',
];

const statesDdl = ({ name, keys, numbered }: StatesTable): string[] => [
  `CREATE TABLE ${quoted(name)} (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
     changed INTEGER${keys.map((key) => `, ${column(key.name)} TEXT`).join('')}) STRICT`,
  ...keys.map(
    (key) =>
      `CREATE ${key.unique ? 'UNIQUE ' : ''}INDEX ${quoted(`${name}_${key.name}`)} ON ${quoted(name)} (${column(key.name)})
       WHERE ${column(key.name)} IS NOT NULL`,
  ),
  ...(numbered ? [`CREATE INDEX ${quoted(`${name}_changed`)} ON ${quoted(name)} (changed)`] : []),
];

const logDdl = ({ name, bounds }: LogTable): string[] => [
  `CREATE TABLE ${quoted(name)} (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT`,
  ...(bounds ? [`CREATE INDEX ${quoted(`${name}_at`)} ON ${quoted(name)} (at)`] : []),
];

const onceDdl = ({ name }: OnceTable): string[] => [
  `CREATE TABLE ${quoted(name)} (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, until INTEGER NOT NULL) STRICT`,
];

/** The statements that make a table with its indexes. */
export const ddlOf = (table: Table): string[] => {
  if (table.kind === 'states') return statesDdl(table);
  return table.kind === 'log' ? logDdl(table) : onceDdl(table);
};

const ROW = 'place, body, 0 AS at';

export interface States {
  save(state: SavedState, changed: number | null): void;
  remove(id: string): void;
  first(by: Lookup): Row | undefined;
  all(by: Lookup): Row[];
  page(after: number | string, limit: number): Row[];
  changed(from: number, limit: number): Row[];
  count(): number;
}

export const statesOf = (database: Sqlite, { name, keys }: StatesTable): States => {
  const table = quoted(name);
  const columns = keys.map((key) => column(key.name));
  const all = ['id', 'body', 'changed', ...columns];
  const save = database.prepare<(string | number | null)[]>(
    `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${['body', ...columns].map((one) => `${one} = excluded.${one}`).join(', ')},
       changed = coalesce(excluded.changed, changed)`,
  );
  const remove = database.prepare<[string]>(`DELETE FROM ${table} WHERE id = ?`);
  const byId = database.prepare<[string], Row>(`SELECT ${ROW} FROM ${table} WHERE id = ?`);
  const byKey = new Map(
    keys.map((key) => [
      key.name,
      database.prepare<[string], Row>(
        `SELECT ${ROW} FROM ${table} WHERE ${column(key.name)} = ? ORDER BY place`,
      ),
    ]),
  );
  const by = (key: string | undefined) => {
    const statement = key === undefined ? byId : byKey.get(key);
    if (!statement) throw new Error(`${name} has no key ${key}`);
    return statement;
  };
  const page = database.prepare<[number, number], Row>(
    `SELECT ${ROW} FROM ${table} WHERE place > ? ORDER BY place LIMIT ?`,
  );
  const changed = database.prepare<[number, number], Row>(
    `SELECT changed AS place, body, 0 AS at FROM ${table} WHERE changed >= ? ORDER BY changed LIMIT ?`,
  );
  const count = database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck();
  return {
    save: ({ id, keys: values, body }, changed) => {
      save.run(id, body, changed, ...values);
    },
    remove: (id) => {
      remove.run(id);
    },
    first: ({ key, value }) => by(key).get(value),
    all: ({ key, value }) => by(key).all(value),
    page: (after, limit) =>
      page.all(typeof after === 'number' ? after : (byId.get(after)?.place ?? 0), limit),
    changed: (from, limit) => changed.all(from, limit),
    count: () => count.get() ?? 0,
  };
};

export interface LogRows {
  append(number: number, at: number, body: string): void;
  rows(after: number, before: number, limit: number): Row[];
  /** Forgets what is beyond the bounds, after the row with this number and time. */
  forget(last: number, at: number): void;
}

export const logOf = (database: Sqlite, { name, bounds }: LogTable): LogRows => {
  const table = quoted(name);
  const append = database.prepare<[number, number, string]>(`INSERT INTO ${table} VALUES (?, ?, ?)`);
  const rows = database.prepare<[number, number, number], Row>(
    `SELECT number AS place, at, body FROM ${table} WHERE number > ? AND number < ? ORDER BY number DESC LIMIT ?`,
  );
  // By number and by index: each is one step where nothing is to be forgotten.
  const forgetMany = database.prepare<[number]>(`DELETE FROM ${table} WHERE number <= ?`);
  const forgetOld = database.prepare<[number]>(`DELETE FROM ${table} WHERE at < ?`);
  return {
    append: (number, at, body) => {
      append.run(number, at, body);
    },
    rows: (after, before, limit) => rows.all(after, before, limit),
    forget: (last, at) => {
      if (!bounds) return;
      forgetMany.run(last - bounds.rows);
      forgetOld.run(at - bounds.age);
    },
  };
};

/** How many keys are looked at when old ones are forgotten: those that came first. */
const LOOKED_AT = 500;

export interface OnceKeys {
  /** False where the key is there and its moment has not come; else it is there from now on. */
  take(key: Buffer, until: number, now: number): boolean;
  /** Forgets keys whose moment is before `now`, and the first where there are too many. */
  forget(now: number): void;
}

export const onceOf = (database: Sqlite, { name, most }: OnceTable): OnceKeys => {
  const table = quoted(name);
  // What counts anew is the newest again.
  const take = database.prepare<[Buffer, number, number]>(
    `INSERT INTO ${table} (key, until) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET until = excluded.until, number = (SELECT max(number) + 1 FROM ${table})
       WHERE until < ?`,
  );
  const forgetOld = database.prepare<[number]>(
    `DELETE FROM ${table} WHERE number IN
       (SELECT number FROM (SELECT number, until FROM ${table} ORDER BY number LIMIT ${LOOKED_AT}) WHERE until < ?)`,
  );
  const forgetMany = database.prepare<[number]>(
    `DELETE FROM ${table} WHERE number <= (SELECT max(number) FROM ${table}) - ?`,
  );
  return {
    take: (key, until, now) => take.run(key, until, now).changes > 0,
    forget: (now) => {
      forgetOld.run(now);
      forgetMany.run(most);
    },
  };
};
