// Running numbers that several processes of one machine take from one small file, each number at once and in its turn: so who
// comes later has the higher one, whichever process it comes to.

import type { Numbers } from '../engine.ts';
import { causeOf } from '../refusals.ts';
import { openSqlite } from './driver.ts';

export interface SharedNumbers {
  of(name: string): Numbers;
  /** From now on, no number of the series is this one or one below it. */
  beginAfter(name: string, number: number): void;
  close(): void;
}

/**
 * @param file of the numbers; made where there is none
 * @throws what the database throws where it cannot be used
 */
export const openSharedNumbers = (file: string): SharedNumbers => {
  const database = openSqlite(file, 5000);
  database.pragma('journal_mode = WAL');
  // A number that comes again after the death of the machine is the least of it.
  database.pragma('synchronous = OFF');
  database.exec(
    'CREATE TABLE IF NOT EXISTS series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID',
  );
  const take = database
    .prepare<[string], number>(
      'INSERT INTO series VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last',
    )
    .pluck();
  const raise = database.prepare<[string, number]>(
    'INSERT INTO series VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last WHERE last < excluded.last',
  );
  const lasts = new Map<string, number>();
  return {
    of: (name) => ({
      next: () => {
        const before = lasts.get(name) ?? 0;
        let number = before + 1;
        try {
          number = take.get(name) ?? number;
        } catch (error) {
          // A full disk must not keep anybody from being answered.
          if (causeOf(error) === undefined) throw error;
        }
        lasts.set(name, number);
        return number;
      },
    }),
    beginAfter: (name, number) => void raise.run(name, number),
    close: () => database.close(),
  };
};
