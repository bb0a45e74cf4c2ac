// Single values: known by all as they were committed last, and no sooner.

import type { Row } from '../engine.ts';
import type { Sqlite } from './driver.ts';
import type { Part } from './part.ts';

/** A single value as it was committed. */
interface Kept {
  readonly version: number;
  readonly body: string;
}

export interface Values extends Part {
  current(name: string): Kept | undefined;
  names(): Iterable<string>;
  /** As it is within the transaction that is open. */
  rows(name: string): Row[];
  put(name: string, body: string): void;
}

export const createValues = (database: Sqlite): Values => {
  const put = database.prepare<[string, string], Kept>(
    `INSERT INTO value VALUES (?, 1, ?)
     ON CONFLICT (name) DO UPDATE SET version = version + 1, body = excluded.body RETURNING version, body`,
  );
  const select = database.prepare<[string], Row>(
    'SELECT version AS place, body, 0 AS at FROM value WHERE name = ?',
  );
  const all = database.prepare<[], Kept & { name: string }>('SELECT name, version, body FROM value').all();
  const kept = new Map(all.map(({ name, version, body }): [string, Kept] => [name, { version, body }]));
  let pending = new Map<string, Kept>();
  const undone = (): void => {
    pending = new Map();
  };
  return {
    current: (name) => kept.get(name),
    names: () => kept.keys(),
    rows: (name) => select.all(name),
    put: (name, body) => {
      const after = put.get(name, body);
      if (after) pending.set(name, after);
    },
    mark: () => {
      const before = new Map(pending);
      return () => {
        pending = before;
      };
    },
    finish: () => {},
    committed: () => {
      for (const [name, after] of pending) kept.set(name, after);
      undone();
    },
    undone,
  };
};
