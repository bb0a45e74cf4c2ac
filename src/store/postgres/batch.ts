// What decisions say to write, gathered and carried out together: one statement for all tables, whatever each row holds.
//
// Order counts within a table only. So the writes of each table stand in runs of one kind; the first runs of all tables go
// out together, then the second ones. Mostly there is one of each.

import type { Once, SavedState, Write } from '../engine.ts';
import type { Session } from './connection.ts';
import type { Mark } from './fate.ts';
import { createGathered } from './gathered.ts';
import { markSql, type Sql, sweepSql, together, valueSql } from './runs.ts';
import { REVISION } from './statements.ts';
import type { Tables } from './tables.ts';

/** The channel on which it is told that a single value was put. */
export const CHANNEL = 'kontakt';

export interface Batch {
  apply(write: Write): void;
  /** Saves a state with the number of the change that it was saved by. */
  keep(table: string, state: SavedState, changed: number | null): void;
  take(once: Once): void;
  /** Forgets keys of a table whose moment has passed at `now`, and those that are too many. */
  sweep(table: string, now: number): void;
  /** Whether a single value is put. */
  readonly puts: boolean;
  /** Whether anything was written. */
  readonly writes: boolean;
  /**
   * Sends everything; what was gathered is gone then.
   *
   * @param next gives a mark with what comes last before the commit, where anything was written
   */
  send(session: Session, next?: () => Mark): Promise<unknown>;
}

const NOTHING: Sql = () => 'SELECT 1';

/** @param counters as they are in the open transaction; they go on here */
export const createBatch = (tables: Tables, counters: Map<string, number>): Batch => {
  const { keep, remove, append, take, clear, last, raise, waves } = createGathered(tables, counters);
  let values = new Map<string, string>();
  let sweeps: Sql[] = [];
  let puts = false;
  let writes = false;
  const told: Sql = (value) => `SELECT pg_notify('${CHANNEL}', ${value(String(last(REVISION)), 'text')})`;
  return {
    keep,
    take,
    apply: (write) => {
      if (write.write === 'save') keep(write.table, write.state, write.change ? append(write.change) : null);
      else if (write.write === 'remove') remove(write.table, write.id);
      else if (write.write === 'append') append(write.entry);
      else if (write.write === 'clear') clear(write.table);
      else {
        values.set(write.name, write.body);
        if (!puts) raise(REVISION);
        puts = true;
      }
    },
    sweep: (table, now) => {
      sweeps.push(sweepSql(table, now, last(table) - tables.once(table).most));
    },
    get puts() {
      return puts;
    },
    get writes() {
      return writes;
    },
    send: (session, next) => {
      // What is forgotten is forgotten first: a key that counts anew must not be among it.
      const all = [...sweeps.map((sql) => [sql]), ...waves()];
      writes ||= all.length > 0 || values.size > 0;
      if (next && writes) all.splice(-1, 1, [...(all.at(-1) ?? []), markSql(next())]);
      const statements = all.map((wave) => together(wave, NOTHING));
      if (values.size > 0) statements.push(together([valueSql(values)], told));
      sweeps = [];
      values = new Map();
      return Promise.all(statements.map((statement) => session.ask(statement)));
    },
  };
};
