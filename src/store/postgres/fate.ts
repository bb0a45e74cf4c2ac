// What became of a transaction whose connection was lost while it was committed: each marks its own number in the register.
//
// The server’s numbers of transactions would not do: after a crash it gives one again that it never wrote down.

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { BEGIN_AFTER } from './locks.ts';
import type { Pool } from './pool.ts';
import { refusalOf } from './refusals.ts';

export type Fate = 'committed' | 'aborted' | 'unknown';

/** The number of a change, among those of one emulator. */
export interface Mark {
  readonly emulator: string;
  readonly number: number;
}

export interface Fates {
  next(): Mark;
  /** @param until when nobody waits any more, by `performance.now()` */
  of(mark: Mark, until: number): Promise<Fate>;
}

/** How long is waited between two questions, in milliseconds. */
const BETWEEN = 50;

/** Of an emulator that has changed nothing for so long, nobody asks any more. */
const FORGET = "DELETE FROM committed WHERE since < now() - interval '1 day'";

/** @throws (rejects) what the driver says */
export const createFates = async (pool: Pool): Promise<Fates> => {
  const emulator = randomUUID();
  let last = 0;
  await pool.use((session) => session.run(FORGET));

  const ask = ({ number }: Mark): Promise<Fate> =>
    pool.use(async (session) => {
      // When this begins, the transaction is over, also where the server has not yet heard that its connection is lost.
      await session.run(BEGIN_AFTER);
      const [[committed] = []] = await session.ask({
        text: 'SELECT number FROM committed WHERE emulator = $1',
        values: [emulator],
      });
      await session.run('ROLLBACK');
      return Number(committed ?? 0) >= number ? 'committed' : 'aborted';
    });

  return {
    next: () => {
      last += 1;
      return { emulator, number: last };
    },
    of: async (mark, until) => {
      do {
        try {
          return await ask(mark);
        } catch (error) {
          if (!refusalOf(error)) throw error;
        }
        await setTimeout(BETWEEN);
      } while (performance.now() < until);
      return 'unknown';
    },
  };
};
