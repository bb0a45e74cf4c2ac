// Writes of one kind to one table as one SQL statement, however many rows they are of.

import type { Once, SavedState } from '../engine.ts';
import { nameOfText } from './asking.ts';
import type { Statement } from './connection.ts';
import type { Mark } from './fate.ts';
import { column, quoted } from './statements.ts';
import type { Tables } from './tables.ts';

interface Saved {
  readonly state: SavedState;
  readonly changed: number | null;
}

interface Numbered {
  readonly number: number;
  readonly at: number;
  readonly body: string;
}

export type Run =
  | { readonly kind: 'save'; readonly table: string; readonly rows: Map<string, Saved> }
  | { readonly kind: 'remove'; readonly table: string; readonly ids: string[] }
  | { readonly kind: 'append'; readonly table: string; readonly rows: Numbered[] }
  | { readonly kind: 'take'; readonly table: string; readonly rows: (Once & { readonly number: number })[] }
  | { readonly kind: 'clear'; readonly table: string };

export type RunOf<Kind extends Run['kind']> = Extract<Run, { kind: Kind }>;

/** A sub-statement, its values numbered from where those before it end. */
export type Sql = (value: (value: unknown, type: string) => string) => string;

const saveSql =
  (tables: Tables, { table, rows }: RunOf<'save'>): Sql =>
  (value) => {
    const { keys } = tables.states(table);
    const all = [...rows.values()];
    const columns = keys.map(({ name }) => column(name));
    const arrays = [
      value([...rows.keys()], 'text[]'),
      value(
        all.map(({ state }) => state.body),
        'text[]',
      ),
      value(
        all.map(({ changed }) => changed),
        'bigint[]',
      ),
      ...keys.map((_, index) =>
        value(
          all.map(({ state }) => state.keys[index] ?? null),
          'text[]',
        ),
      ),
    ];
    const named = ['id', 'body', 'changed', ...columns];
    return `INSERT INTO ${quoted(table)} AS old (${named.join(', ')})
      SELECT ${named.join(', ')} FROM unnest(${arrays.join(', ')}) WITH ORDINALITY AS row (${named.join(', ')}, nth) ORDER BY nth
      ON CONFLICT (id) DO UPDATE SET ${['body', ...columns].map((one) => `${one} = excluded.${one}`).join(', ')},
        changed = coalesce(excluded.changed, old.changed)`;
  };

const appendSql =
  ({ table, rows }: RunOf<'append'>): Sql =>
  (value) =>
    `INSERT INTO ${quoted(table)} (number, at, body) SELECT * FROM unnest(${[
      value(
        rows.map(({ number }) => number),
        'bigint[]',
      ),
      value(
        rows.map(({ at }) => at),
        'bigint[]',
      ),
      value(
        rows.map(({ body }) => body),
        'text[]',
      ),
    ].join(', ')})`;

const takeSql =
  ({ table, rows }: RunOf<'take'>): Sql =>
  (value) =>
    `INSERT INTO ${quoted(table)} (number, key, until) SELECT * FROM unnest(${[
      value(
        rows.map(({ number }) => number),
        'bigint[]',
      ),
      value(
        rows.map(({ key }) => key),
        'bytea[]',
      ),
      value(
        rows.map(({ until }) => until),
        'bigint[]',
      ),
    ].join(', ')}) ON CONFLICT (key) DO UPDATE SET until = excluded.until, number = excluded.number`;

export const sqlOf = (tables: Tables, run: Run): Sql => {
  switch (run.kind) {
    case 'save':
      return saveSql(tables, run);
    case 'remove':
      return (value) => `DELETE FROM ${quoted(run.table)} WHERE id = ANY(${value(run.ids, 'text[]')})`;
    case 'append':
      return appendSql(run);
    case 'take':
      return takeSql(run);
    case 'clear':
      return () => `DELETE FROM ${quoted(run.table)}`;
  }
};

/** Sub-statements of different tables as one statement. */
export const together = (all: readonly Sql[], last: Sql): Statement => {
  const values: unknown[] = [];
  const value = (one: unknown, type: string): string => {
    values.push(one);
    return `$${values.length}::${type}`;
  };
  const parts = all.map((sql, index) => `w${index} AS (${sql(value)})`);
  const text = `${parts.length > 0 ? `WITH ${parts.join(',\n')}\n` : ''}${last(value)}`;
  return { name: nameOfText(text), text, values };
};

/** How many keys are looked at when old ones are forgotten: those that came first. */
const LOOKED_AT = 500;

/** Forgets keys whose moment is before `now`, and the first where there are too many. */
export const sweepSql =
  (table: string, now: number, beyond: number): Sql =>
  (value) =>
    `DELETE FROM ${quoted(table)} WHERE number <= ${value(beyond, 'bigint')} OR number IN (SELECT number FROM
       (SELECT number, until FROM ${quoted(table)} ORDER BY number LIMIT ${LOOKED_AT}) AS first WHERE until < ${value(now, 'bigint')})`;

const finite = (bound: number): number => (Number.isFinite(bound) ? bound : Number.MIN_SAFE_INTEGER);

/** Forgets the rows of a log up to a number, and those of before a moment; a bound may be endless. */
export const boundSql =
  (log: string, number: number, at: number): Sql =>
  (value) =>
    `DELETE FROM ${quoted(log)} WHERE number <= ${value(finite(number), 'bigint')} OR at < ${value(finite(at), 'bigint')}`;

/** Sets counters. */
export const counterSql =
  (counters: readonly (readonly [name: string, last: number])[]): Sql =>
  (value) =>
    `INSERT INTO counter SELECT * FROM unnest(${value(
      counters.map(([name]) => name),
      'text[]',
    )}, ${value(
      counters.map(([, last]) => last),
      'bigint[]',
    )}) ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

/** Puts single values. */
export const valueSql =
  (values: ReadonlyMap<string, string>): Sql =>
  (value) =>
    `INSERT INTO value AS old SELECT name, 1, body
       FROM unnest(${value([...values.keys()], 'text[]')}, ${value([...values.values()], 'text[]')}) AS row (name, body)
     ON CONFLICT (name) DO UPDATE SET version = old.version + 1, body = excluded.body`;

/** Marks how many changes of an emulator are committed, this one included. */
export const markSql =
  ({ emulator, number }: Mark): Sql =>
  (value) =>
    `INSERT INTO committed (emulator, number) VALUES (${value(emulator, 'text')}, ${value(number, 'bigint')})
     ON CONFLICT (emulator) DO UPDATE SET number = excluded.number, since = now()`;
