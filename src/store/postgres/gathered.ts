// The writes of a transaction, gathered by table: what comes after what within each, and the numbers that are given.

import type { Entry, Once, SavedState } from '../engine.ts';
import { isStorable } from './reader.ts';
import { boundSql, counterSql, type Run, type RunOf, type Sql, sqlOf } from './runs.ts';
import { emptyings, writings } from './statements.ts';
import type { Tables } from './tables.ts';

export interface Gathered {
  keep(table: string, state: SavedState, changed: number | null): void;
  remove(table: string, id: string): void;
  /** @returns the number of the row */
  append(entry: Entry): number;
  take(once: Once): void;
  clear(table: string): void;
  last(counter: string): number;
  raise(counter: string): number;
  /** What can go out together, one after the other; what was gathered is gone then. */
  waves(): readonly Sql[][];
}

/** The runs of each table, in their order. */
const createRuns = () => {
  let runs = new Map<string, Run[]>();
  return {
    /** The last run of the table where it is of this kind and fits, else a new one. */
    of: <Kind extends Run['kind']>(
      run: RunOf<Kind>,
      fits: (open: RunOf<Kind>) => boolean = () => true,
    ): RunOf<Kind> => {
      const all = runs.get(run.table) ?? [];
      runs.set(run.table, all);
      const open = all.at(-1);
      if (open?.kind === run.kind && fits(open as RunOf<Kind>)) return open as RunOf<Kind>;
      all.push(run);
      return run;
    },
    table: (table: string): readonly Run[] => runs.get(table) ?? [],
    forget: (table: string): void => void runs.delete(table),
    take: (): readonly (readonly Run[])[] => {
      const all = [...runs.values()];
      runs = new Map();
      return all;
    },
  };
};

/** Counters of the open transaction, and which of them are others than before. */
const createCounters = (counters: Map<string, number>) => {
  let dirty = new Set<string>();
  /** The tables of states that were written to. */
  let written = new Set<string>();
  const last = (name: string): number => counters.get(name) ?? 0;
  const set = (name: string, value: number): number => {
    counters.set(name, value);
    dirty.add(name);
    return value;
  };
  const raise = (name: string): number => set(name, last(name) + 1);
  return {
    last,
    set,
    raise,
    wrote: (table: string): void => void written.add(table),
    take: (): Sql[] => {
      for (const table of written) raise(writings(table));
      written = new Set();
      const changed = [...dirty].map((name) => [name, last(name)] as const);
      dirty = new Set();
      return changed.length > 0 ? [counterSql(changed)] : [];
    },
  };
};

/** The first runs of all tables, then the second ones; with the last ones goes what comes last. */
const wavesOf = (tables: Tables, all: readonly (readonly Run[])[], last: () => Sql[]): Sql[][] => {
  const most = Math.max(0, ...all.map(({ length }) => length));
  const waves = Array.from({ length: most }, (_, nth) =>
    all.flatMap((one) => (one[nth] ? [sqlOf(tables, one[nth])] : [])),
  );
  return [...waves.slice(0, -1), [...(waves.at(-1) ?? []), ...last()]].filter(({ length }) => length > 0);
};

/** @param counted the counters as they are in the open transaction; they go on here */
export const createGathered = (tables: Tables, counted: Map<string, number>): Gathered => {
  const runs = createRuns();
  const counters = createCounters(counted);
  /** The logs that grew, each with the time of its last row. */
  let grown = new Map<string, number>();

  /** What is beyond the bounds of a log that grew is forgotten; its own new rows beyond them are not even written. */
  const bounding = (): Sql[] =>
    [...grown].flatMap(([log, at]): Sql[] => {
      const { bounds } = tables.log(log);
      if (!bounds) return [];
      const [many, old] = [counters.last(log) - bounds.rows, at - bounds.age];
      for (const run of runs.table(log))
        if (run.kind === 'append')
          run.rows.splice(
            0,
            run.rows.length,
            ...run.rows.filter((row) => row.number > many && row.at >= old),
          );
      return [boundSql(log, many, old)];
    });

  return {
    ...counters,
    keep: (table, state, changed) => {
      tables.states(table);
      if (![state.id, ...state.keys].every((key) => key === null || isStorable(key)))
        throw new Error(`${table}: a key holds what PostgreSQL cannot store`);
      const run = runs.of<'save'>(
        { kind: 'save', table, rows: new Map() },
        ({ rows }) => !rows.has(state.id),
      );
      counters.wrote(table);
      run.rows.set(state.id, { state, changed });
    },
    remove: (table, id) => {
      tables.states(table);
      if (!isStorable(id)) return;
      runs.of<'remove'>({ kind: 'remove', table, ids: [] }).ids.push(id);
      counters.wrote(table);
    },
    append: ({ log, at, body }) => {
      tables.log(log);
      const number = counters.raise(log);
      runs.of<'append'>({ kind: 'append', table: log, rows: [] }).rows.push({ number, at, body });
      grown.set(log, at);
      return number;
    },
    take: (once) => {
      const { table } = once;
      tables.once(table);
      runs
        .of<'take'>({ kind: 'take', table, rows: [] })
        .rows.push({ ...once, number: counters.raise(table) });
    },
    clear: (table) => {
      const kind = tables.all.find(({ name }) => name === table)?.kind;
      if (!kind) throw new Error(`the register has no ${table}`);
      runs.forget(table);
      runs.of<'clear'>({ kind: 'clear', table });
      grown.delete(table);
      if (kind === 'states') counters.raise(emptyings(table));
      else counters.set(table, 0);
    },
    waves: () => {
      const bounds = bounding();
      grown = new Map();
      return wavesOf(tables, runs.take(), () => [...counters.take(), ...bounds]);
    },
  };
};
