// The first content of a register: put in once, added to, and put back, the same way for every contract.

import type { z } from 'zod';
import { list } from '../kernel/issue.ts';
import type { Sqlite } from './sqlite.ts';

/** How the content of one contract is put in and taken out. */
interface Content<Seed> {
  /** The name under which it is remembered that the register was seeded. */
  readonly contract: string;
  readonly store: {
    /** Takes some of the persons out, and says how many; 0 when there are none. */
    removeSome(): number;
    /** Takes out everything but the organisations. */
    clear(): void;
  };
  /** Puts in what a seed names; what it does not name stays. */
  add(seed: Seed): void;
}

export interface Seeding<Seed> {
  /** Whether the register was ever seeded; then it is never seeded again by itself. */
  done(): boolean;
  /** Takes everything out but the organisations, in steps; each says how many persons it took. */
  clear(): Iterable<number>;
  /** Puts in what a seed names; what it does not name stays. */
  add(seed: Seed): void;
  /** Remembers that the register was seeded. */
  mark(): void;
}

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const createSeeding = <Seed>(
  database: Sqlite,
  now: () => number,
  { contract, store, add }: Content<Seed>,
): Seeding<Seed> => {
  const mark = database.prepare('INSERT OR REPLACE INTO seeded VALUES (?, ?)');
  const marked = database.prepare('SELECT 1 FROM seeded WHERE contract = ?').pluck();
  return {
    done: () => marked.get(contract) !== undefined,
    clear: function* () {
      for (let removed = store.removeSome(); removed > 0; removed = store.removeSome()) yield removed;
      store.clear();
    },
    add,
    mark: () => {
      mark.run(contract, now());
    },
  };
};

/** The persons of a seed: a number that may belong to one of them only occurs once among them. */
export const seedList = <Json extends z.ZodType<Readonly<Record<string, unknown>>>>(
  person: Json,
  numbers: readonly string[],
) =>
  list(person).superRefine((persons, context) => {
    for (const number of numbers) {
      const seen = new Set<unknown>();
      for (const [index, { [number]: value }] of persons.entries()) {
        if (value === null || value === undefined) continue;
        if (seen.has(value)) {
          context.addIssue({
            code: 'custom',
            path: [index, number],
            message: 'this number is in the seed twice',
          });
          return;
        }
        seen.add(value);
      }
    }
  });
