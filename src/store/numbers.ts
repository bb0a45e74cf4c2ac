// Running numbers that go on after a restart: taken from the register in blocks, so that the next one costs nothing.

import { causeOf, type Sqlite } from './open.ts';

const BLOCK = 1000;

/**
 * @param name of the series
 * @param alone ends the open group of changes: a block is no member of it
 * @returns what gives the next number; after a restart the rest of the last block is left out
 */
export const createNumbers = (database: Sqlite, name: string, alone: () => void): (() => number) => {
  const take = database
    .prepare<[string, number], number>(
      `INSERT INTO teller VALUES (?, ?) ON CONFLICT (navn) DO UPDATE SET verdi = verdi + excluded.verdi
       RETURNING verdi`,
    )
    .pluck();
  let given = 0;
  let last = 0;
  const takeBlock = (): number => {
    try {
      alone();
      return take.get(name, BLOCK) as number;
    } catch (error) {
      if (causeOf(error) === undefined) throw error;
      // A full disk must not keep anybody from being answered: the numbers go on, and may come again after a restart.
      return given + BLOCK;
    }
  };
  return () => {
    if (given === last) {
      last = takeBlock();
      given = last - BLOCK;
    }
    given += 1;
    return given;
  };
};
