// The SQLite engine: one connection, one writer, changes stored in groups.

import type { Conflict, Engine, LaterSteps, Loss, Query, Steps, Table } from '../engine.ts';
import { orDataDirectoryError } from '../refusals.ts';
import { createCounters } from './counters.ts';
import type { Sqlite } from './driver.ts';
import { createGroup } from './group.ts';
import { createNumbers, type TakenNumbers } from './numbers.ts';
import { openAll } from './opened.ts';
import { createReader } from './reader.ts';
import { createTransaction } from './transaction.ts';
import { createValues } from './values.ts';
import { createSeen, createWriter } from './writer.ts';

/** A database that is open, with the tables in it. */
export interface OpenDatabase {
  readonly database: Sqlite;
  readonly tables: readonly Table[];
  /** What became of the files while they are in use; undefined while they are in their places. */
  lost(): string | undefined;
  /** Lets go of the files. */
  close(): void;
}

export interface SqliteEngine extends Engine {
  /** Takes steps of somebody who has to be waited for too: nobody comes between meanwhile. */
  exclusive(meanwhile: string, steps: Steps | LaterSteps): Promise<Loss | Conflict | undefined>;
}

/** @param real the real time, in milliseconds since 1970 */
export const createSqliteEngine = (
  { database, tables, lost, close }: OpenDatabase,
  real: () => number,
): SqliteEngine => {
  const opened = openAll(database, tables);
  const counters = createCounters(database);
  const values = createValues(database);
  const writer = createWriter(database, opened, counters, values);
  const select = createReader(opened, counters, values);
  const isSeen = createSeen(opened, real);
  // What is kept may have been more at the last start.
  orDataDirectoryError(writer.trim);
  const transaction = createTransaction(database, [writer, counters, values], lost);
  const group = createGroup(transaction, writer.apply, lost);
  const series = new Map<string, TakenNumbers>();
  const load = <Loaded>({ selections, read }: Query<Loaded>): Loaded => read(selections.map(select));
  let closing: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await group.close();
    for (const numbers of series.values()) numbers.giveBack();
    close();
  };

  return {
    change: async ({ load: query, once, decide }) =>
      group.join(() => {
        const seen = once !== undefined && isSeen(once);
        const { result, writes = [] } = decide(load(query), seen);
        if (!seen) writes.forEach(writer.apply);
        return result;
      }),
    read: async (query) => group.see(() => load(query)),
    value: values.current,
    valueNames: values.names,
    exclusive: async (meanwhile: string, steps: Steps | LaterSteps) => {
      try {
        return await group.exclusive(meanwhile, steps);
      } finally {
        for (const numbers of series.values()) numbers.keep();
      }
    },
    hindrance: group.hindrance,
    numbers: (name) => {
      const before = series.get(name);
      if (before) return before;
      const numbers = createNumbers(database, name, group.flush);
      series.set(name, numbers);
      return numbers;
    },
    close: () => {
      closing ??= end();
      return closing;
    },
  };
};
