// Carries out what decisions say to write, within whatever transaction is open.

import type { Entry, Once, Write } from '../engine.ts';
import type { Counters } from './counters.ts';
import type { Sqlite } from './driver.ts';
import { emptyings, named, type OpenedTables } from './opened.ts';
import type { Part } from './part.ts';
import type { Values } from './values.ts';

export interface Writer extends Part {
  apply(write: Write): void;
  /** Forgets what is beyond the bounds of the logs in number. */
  trim(): void;
}

export const createWriter = (
  database: Sqlite,
  { states, logs }: OpenedTables,
  counters: Counters,
  values: Values,
): Writer => {
  /** The logs that grew in the open transaction, each with the time of its last row. */
  let grown = new Map<string, number>();
  const forget = (): void => {
    grown = new Map();
  };
  const append = ({ log, at, body }: Entry): number => {
    const number = counters.last(log) + 1;
    named(logs, log).append(number, at, body);
    counters.set(log, number);
    grown.set(log, at);
    return number;
  };
  const clear = (table: string): void => {
    database.prepare(`DELETE FROM "${table}"`).run();
    if (logs.has(table)) counters.set(table, 0);
    if (states.has(table)) counters.set(emptyings(table), counters.last(emptyings(table)) + 1);
  };
  return {
    apply: (write) => {
      if (write.write === 'save')
        named(states, write.table).save(write.state, write.change ? append(write.change) : null);
      else if (write.write === 'remove') named(states, write.table).remove(write.id);
      else if (write.write === 'append') append(write.entry);
      else if (write.write === 'put') values.put(write.name, write.body);
      else clear(write.table);
    },
    trim: () => {
      for (const [log, rows] of logs) rows.forget(counters.last(log), 0);
    },
    mark: () => {
      const before = new Map(grown);
      return () => {
        grown = before;
      };
    },
    finish: () => {
      for (const [log, at] of grown) named(logs, log).forget(counters.last(log), at);
    },
    committed: forget,
    undone: forget,
  };
};

/** How many keys are taken before old ones are forgotten. */
const BETWEEN_SWEEPS = 100;

/**
 * Says whether a key was there already; from then on it is.
 *
 * @param real the real time, in milliseconds since 1970: no turn of a clock brings a forgotten key back
 */
export const createSeen = ({ onces }: OpenedTables, real: () => number): ((once: Once) => boolean) => {
  const taken = new Map<string, number>();
  return ({ table, key, until, now }) => {
    const keys = named(onces, table);
    const before = taken.get(table) ?? 0;
    // The first of a process too, so that many that live shortly keep the bound.
    if (before % BETWEEN_SWEEPS === 0) keys.forget(Math.min(now, real()));
    taken.set(table, before + 1);
    return !keys.take(key, until, now);
  };
};
