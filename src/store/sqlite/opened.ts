// The tables of a database that is open, each by its name.

import type { Table } from '../engine.ts';
import type { Sqlite } from './driver.ts';
import { type LogRows, logOf, type OnceKeys, onceOf, type States, statesOf } from './statements.ts';

export interface OpenedTables {
  readonly states: ReadonlyMap<string, States>;
  readonly logs: ReadonlyMap<string, LogRows>;
  readonly onces: ReadonlyMap<string, OnceKeys>;
}

export const openAll = (database: Sqlite, tables: readonly Table[]): OpenedTables => ({
  states: new Map(
    tables.flatMap((table) => (table.kind === 'states' ? [[table.name, statesOf(database, table)]] : [])),
  ),
  logs: new Map(
    tables.flatMap((table) => (table.kind === 'log' ? [[table.name, logOf(database, table)]] : [])),
  ),
  onces: new Map(
    tables.flatMap((table) => (table.kind === 'once' ? [[table.name, onceOf(database, table)]] : [])),
  ),
});

export const named = <Opened>(tables: ReadonlyMap<string, Opened>, name: string): Opened => {
  const found = tables.get(name);
  if (found === undefined) throw new Error(`the register has no ${name}`);
  return found;
};

/** The counter of how often a table was emptied. */
export const emptyings = (table: string): string => `${table}.emptied`;
