// Carries out what decisions say to write, within whatever transaction is open; numbers are counter rows of that transaction.

import type { Entry, Once, Row, Selection, Table, Write } from '../engine.ts';
import { isTaken, type Sqlite } from './driver.ts';
import { logOf, onceOf, statesOf } from './statements.ts';

/** A single value as it was committed. */
export interface Kept {
  readonly version: number;
  readonly body: string;
}

/** How many keys are taken before old ones are forgotten. */
const BETWEEN_SWEEPS = 100;

const named = <Content>(map: ReadonlyMap<string, Content>, name: string): Content => {
  const found = map.get(name);
  if (found === undefined) throw new Error(`the register has no ${name}`);
  return found;
};

/** Numbers as they are in the open transaction: read once, written at its end. */
const createCounters = (database: Sqlite) => {
  const select = database.prepare<[string], number>('SELECT value FROM counter WHERE name = ?').pluck();
  const update = database.prepare<[string, number]>('INSERT OR REPLACE INTO counter VALUES (?, ?)');
  let values = new Map<string, number>();
  return {
    last: (name: string): number => values.get(name) ?? select.get(name) ?? 0,
    set: (name: string, value: number): void => {
      values.set(name, value);
    },
    snapshot: () => new Map(values),
    restore: (before: Map<string, number>): void => {
      values = before;
    },
    write: (): void => {
      for (const [name, value] of values) update.run(name, value);
    },
    forget: (): void => values.clear(),
  };
};

/** @param real the real time, in milliseconds since 1970: no turn of a clock brings a forgotten key back */
export const createWriter = (database: Sqlite, tables: readonly Table[], real: () => number) => {
  const states = new Map(
    tables.flatMap((table) => (table.kind === 'states' ? [[table.name, statesOf(database, table)]] : [])),
  );
  const logs = new Map(
    tables.flatMap((table) => (table.kind === 'log' ? [[table.name, logOf(database, table)]] : [])),
  );
  const onces = new Map(
    tables.flatMap((table) =>
      table.kind === 'once' ? [[table.name, { keys: onceOf(database, table), taken: 0 }]] : [],
    ),
  );
  const counters = createCounters(database);
  const put = database.prepare<[string, string], Kept>(
    `INSERT INTO value VALUES (?, 1, ?)
     ON CONFLICT (name) DO UPDATE SET version = version + 1, body = excluded.body RETURNING version, body`,
  );
  const kept = new Map(
    database
      .prepare<[], Kept & { name: string }>('SELECT name, version, body FROM value')
      .all()
      .map(({ name, version, body }): [string, Kept] => [name, { version, body }]),
  );
  const begin = database.prepare('SAVEPOINT member');
  const release = database.prepare('RELEASE member');
  const rollback = database.prepare('ROLLBACK TO member');

  /** What the open transaction has done, to be known by all once it is committed, and before that to be finished. */
  let pending = new Map<string, Kept>();
  let appended = new Map<string, number>();

  const append = ({ log, at, body }: Entry): number => {
    const number = counters.last(log) + 1;
    named(logs, log).append(number, at, body);
    counters.set(log, number);
    appended.set(log, at);
    return number;
  };

  const clear = (table: string): void => {
    database.prepare(`DELETE FROM "${table}"`).run();
    if (logs.has(table)) counters.set(table, 0);
    if (states.has(table)) counters.set(`${table}.emptied`, counters.last(`${table}.emptied`) + 1);
  };

  const apply = (write: Write): void => {
    switch (write.write) {
      case 'save':
        named(states, write.table).save(write.state, write.change ? append(write.change) : null);
        return;
      case 'remove':
        named(states, write.table).remove(write.id);
        return;
      case 'append':
        append(write.entry);
        return;
      case 'put': {
        const after = put.get(write.name, write.body);
        if (after) pending.set(write.name, after);
        return;
      }
      case 'clear':
        clear(write.table);
    }
  };

  const place = (number: number): Row[] => [{ place: number, body: '', at: 0 }];

  const select = (selection: Selection): readonly Row[] => {
    switch (selection.select) {
      case 'first':
        for (const by of selection.by) {
          const row = named(states, selection.table).first(by);
          if (row) return [row];
        }
        return [];
      case 'all':
        return named(states, selection.table).all(selection.by);
      case 'page':
        return named(states, selection.table).page(selection.after, selection.limit);
      case 'rows':
        return named(logs, selection.log).rows(selection.after, selection.before, selection.limit);
      case 'count':
        return place(named(states, selection.table).count());
      case 'emptied':
        return place(counters.last(`${selection.table}.emptied`));
      case 'last':
        return place(counters.last(selection.log));
    }
  };

  const over = (): void => {
    counters.forget();
    pending = new Map();
    appended = new Map();
  };

  return {
    select,
    value: (name: string): Kept | undefined => kept.get(name),
    apply,
    /** Whether a key was there already. */
    seen: ({ table, key, until, now }: Once): boolean => {
      const once = named(onces, table);
      // The first of a process too, so that many that live shortly keep the bound.
      if (once.taken % BETWEEN_SWEEPS === 0) once.keys.forget(Math.min(now, real()));
      once.taken += 1;
      return !once.keys.take(key, until, now);
    },
    /**
     * Runs a member of the transaction, whole or not at all.
     *
     * @returns undefined where a key belongs to another state
     * @throws what the database throws otherwise; the member is undone
     */
    member: <Result>(run: () => Result): { readonly result: Result } | undefined => {
      const before = [counters.snapshot(), new Map(pending), new Map(appended)] as const;
      begin.run();
      try {
        const result = run();
        release.run();
        return { result };
      } catch (error) {
        if (database.inTransaction) {
          rollback.run();
          release.run();
        }
        const [numbers, values, entries] = before;
        counters.restore(numbers);
        pending = values;
        appended = entries;
        if (isTaken(error)) return undefined;
        throw error;
      }
    },
    /** What is still to be written before a commit. */
    finish: (): void => {
      for (const [log, at] of appended) named(logs, log).forget(counters.last(log), at);
      counters.write();
    },
    /** Forgets what is beyond the bounds of the logs in number. */
    trim: (): void => {
      for (const [log, rows] of logs) rows.forget(counters.last(log), 0);
    },
    committed: (): void => {
      for (const [name, after] of pending) kept.set(name, after);
      over();
    },
    undone: over,
  };
};

export type Writer = ReturnType<typeof createWriter>;
