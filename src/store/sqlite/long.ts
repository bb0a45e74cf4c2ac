// A long change: all of it or nothing, with nobody between; others are heard meanwhile, and told to wait.

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Conflict, LaterSteps, Loss, Steps, Write } from '../engine.ts';
import { lossBy, lossOf, type Transaction } from './transaction.ts';

/** How many writes are made before others are heard. */
const WRITES_AT_ONCE = 500;

export const CLOSED: Loss = lossBy('the register was closed before the change was made');
export const TAKEN: Conflict = { conflict: 'a number in it belongs to another one already' };

export interface Long {
  /** What who comes is told while it is made. */
  hindrance(): Loss | undefined;
  make(meanwhile: string, steps: Steps | LaterSteps): Promise<Loss | Conflict | undefined>;
  /** Waits for the one that is made; what becomes of it is nobody's concern here. */
  wait(): Promise<void>;
}

/** @param isClosed whether nobody waits for it any more */
export const createLong = (
  transaction: Transaction,
  apply: (write: Write) => void,
  isClosed: () => boolean,
): Long => {
  let hindrance: Loss | undefined;
  let last: Promise<unknown> | undefined;

  /** Ends it before its end. */
  const give = <Why extends Loss | Conflict>(why: Why): Why => {
    transaction.undo();
    return why;
  };

  const isTaken = (step: readonly Write[]): boolean => !transaction.member(() => step.forEach(apply));

  /** @returns why it is not to be stored */
  const makeLater = async (steps: AsyncIterable<readonly Write[]>): Promise<Loss | Conflict | undefined> => {
    for await (const step of steps) {
      if (!transaction.isOpen()) break;
      if (isTaken(step)) return give(TAKEN);
      if (isClosed()) return give(CLOSED);
    }
    return undefined;
  };

  // Nobody is heard before the first pause: what has few writes is made when this returns.
  const run = async (meanwhile: string, steps: Steps | LaterSteps): Promise<Loss | Conflict | undefined> => {
    hindrance = { loss: meanwhile, passes: true };
    try {
      const refused = transaction.begin();
      if (refused) return refused;
      const all = steps();
      if (Symbol.asyncIterator in all) {
        const why = await makeLater(all);
        if (why) return why;
      } else {
        let writes = 0;
        for (const step of all) {
          if (!transaction.isOpen()) break;
          if (isTaken(step)) return give(TAKEN);
          writes += step.length;
          if (writes < WRITES_AT_ONCE) continue;
          writes = 0;
          await nextTurn();
          if (isClosed()) return give(CLOSED);
        }
      }
      if (transaction.isOpen()) return transaction.store();
      // A number that was taken meanwhile found the disk full, and SQLite undid the whole transaction.
      return give(lossBy('the disk refused a number that was taken at the same time'));
    } catch (error) {
      transaction.undo();
      return lossOf(error);
    } finally {
      hindrance = undefined;
    }
  };

  return {
    hindrance: () => hindrance,
    make: (meanwhile, steps) => {
      const making = run(meanwhile, steps);
      last = making.catch(() => undefined);
      return making;
    },
    wait: async () => {
      await last;
    },
  };
};
