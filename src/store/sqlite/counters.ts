// Running numbers as counter rows of the open transaction: read once, written at its end. So they are without gaps, and in the
// order of commits.

import type { Sqlite } from './driver.ts';
import type { Part } from './part.ts';

export interface Counters extends Part {
  /** The last number that was given; 0 when none was. */
  last(name: string): number;
  set(name: string, value: number): void;
}

export const createCounters = (database: Sqlite): Counters => {
  const select = database.prepare<[string], number>('SELECT value FROM counter WHERE name = ?').pluck();
  const update = database.prepare<[string, number]>(
    'INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  let values = new Map<string, number>();
  const forget = (): void => {
    values = new Map();
  };
  return {
    last: (name) => values.get(name) ?? select.get(name) ?? 0,
    set: (name, value) => {
      values.set(name, value);
    },
    mark: () => {
      const before = new Map(values);
      return () => {
        values = before;
      };
    },
    finish: () => {
      for (const [name, value] of values) update.run(name, value);
    },
    committed: forget,
    undone: forget,
  };
};
