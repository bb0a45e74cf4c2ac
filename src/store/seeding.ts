// The first content of a register: put in once, added to, and put back, the same way for every contract.

import type { z } from 'zod';
import { list } from '../kernel/issue.ts';
import type { Sqlite } from './open.ts';

/** How the content of one contract is put in and taken out. */
export interface Content<Seed> {
  /** The name under which it is remembered that the register was seeded. */
  readonly contract: string;
  /** Empties the register, organisations and their relations too. */
  clear(): void;
  add(seed: Seed): void;
}

export interface Seeding<Seed> {
  /** Whether the register was ever seeded; then it is never seeded again by itself. */
  done(): boolean;
  /** Adds what a seed holds to the register; all of it or nothing. */
  add(seed: Seed): void;
  /** Empties the register and fills it again, in one transaction. */
  restart(seed: Seed): void;
}

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const createSeeding = <Seed>(
  database: Sqlite,
  now: () => number,
  { contract, clear, add }: Content<Seed>,
): Seeding<Seed> => {
  const mark = database.prepare('INSERT OR REPLACE INTO seeded VALUES (?, ?)');
  const marked = database.prepare('SELECT 1 FROM seeded WHERE contract = ?').pluck();
  return {
    done: () => marked.get(contract) !== undefined,
    add: database.transaction(add),
    restart: database.transaction((seed: Seed) => {
      clear();
      add(seed);
      mark.run(contract, now());
    }),
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
