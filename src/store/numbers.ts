// Running numbers that go on after a restart: taken from the register in blocks, so that the next one costs nothing.

import { causeOf } from './refusals.ts';
import type { Sqlite } from './sqlite.ts';

const BLOCK = 1000;

export interface Numbers {
  next(): number;
  /** Gives back what was not given out. Without it, as after a sudden death, the rest of the last block is left out. */
  close(): void;
}

/**
 * @param name of the series
 * @param alone ends the open group of changes: a block is no member of it
 */
export const createNumbers = (database: Sqlite, name: string, alone: () => void): Numbers => {
  const take = database
    .prepare<[string, number], number>(
      `INSERT INTO teller VALUES (?, ?) ON CONFLICT (navn) DO UPDATE SET verdi = verdi + excluded.verdi
       RETURNING verdi`,
    )
    .pluck();
  const giveBack = database.prepare<[number, string, number]>(
    'UPDATE teller SET verdi = ? WHERE navn = ? AND verdi = ?',
  );
  let given = 0;
  let last = 0;
  const takeBlock = (): number => {
    try {
      alone();
      let taken: number;
      // A block that was taken while a reset was under way, and undone with it, is not given out again.
      do taken = take.get(name, BLOCK) as number;
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
    close: () => {
      try {
        giveBack.run(given, name, last);
      } catch (error) {
        // Where the disk takes nothing any more, a gap in the numbers is the least of it.
        if (causeOf(error) === undefined) throw error;
      }
    },
  };
};
