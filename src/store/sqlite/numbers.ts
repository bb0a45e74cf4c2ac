// Running numbers that belong to nothing in the register: taken from it in blocks, so that the next one costs nothing.

import type { Numbers } from '../engine.ts';
import { causeOf } from '../refusals.ts';
import type { Sqlite } from './driver.ts';

const BLOCK = 1000;

/** Where the disk takes nothing any more, a gap in the numbers, or one that comes again, is the least of it. */
const ifThereIsRoom = (write: () => unknown): void => {
  try {
    write();
  } catch (error) {
    if (causeOf(error) === undefined) throw error;
  }
};

export interface TakenNumbers extends Numbers {
  /** Puts back a block that was taken while a long change was under way, and undone with it. */
  keep(): void;
  /** Gives back what was not given out. Without it, as after a sudden death, the rest of the last block is left out. */
  giveBack(): void;
}

/**
 * @param name of the series
 * @param flush ends the open group of changes: a block is no member of it
 */
export const createNumbers = (database: Sqlite, name: string, flush: () => void): TakenNumbers => {
  const take = database
    .prepare<[string, number], number>(
      `INSERT INTO counter VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value
       RETURNING value`,
    )
    .pluck();
  const putBack = database.prepare<[number, string, number]>(
    'UPDATE counter SET value = ? WHERE name = ? AND value = ?',
  );
  const raise = database.prepare<[string, number]>(
    `INSERT INTO counter VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value < excluded.value`,
  );
  let given = 0;
  let last = 0;
  const keep = (): void => {
    if (last > 0 && database.open) ifThereIsRoom(() => raise.run(name, last));
  };
  const takeBlock = (): number => {
    try {
      flush();
      let taken: number;
      // A block that was taken while a reset was under way, and undone with it, is not given out again.
      do taken = take.get(name, BLOCK) ?? 0;
      while (taken - BLOCK < given);
      return taken;
    } catch (error) {
      if (causeOf(error) === undefined) throw error;
      // A full disk must not keep anybody from being answered: the numbers go on, and may come again after a restart.
      return given + BLOCK;
    }
  };
  return {
    next: () => {
      if (given === last) {
        last = takeBlock();
        given = last - BLOCK;
      }
      given += 1;
      return given;
    },
    keep,
    giveBack: () => {
      keep();
      ifThereIsRoom(() => putBack.run(given, name, last));
    },
  };
};
