// Changes that come together are stored together: each whole or not at all, and one commit for all of them.
//
// A member is a nested transaction (SQLite savepoint) in the transaction of its group. The group is open for one turn of
// the event loop at most, and no answer goes out before the group that its member is in was committed.

import type { Conflict, LaterSteps, Loss, Steps, Stored, Write } from '../engine.ts';
import { CLOSED, createLong, TAKEN } from './long.ts';
import { lossBy, lossOf, type Transaction } from './transaction.ts';

const STORED: Promise<undefined> = Promise.resolve(undefined);

interface Open {
  readonly done: Promise<Loss | undefined>;
  readonly resolve: (loss: Loss | undefined) => void;
  readonly reject: (error: unknown) => void;
}

const open = (): Open => {
  let resolve: Open['resolve'] = () => undefined;
  let reject: Open['reject'] = () => undefined;
  const done = new Promise<Loss | undefined>((onEnd, onError) => {
    resolve = onEnd;
    reject = onError;
  });
  // Who waits is told; that nobody does is no defect of its own.
  done.catch(() => undefined);
  return { done, resolve, reject };
};

export interface Group {
  hindrance(): Loss | undefined;
  /** Runs something as a member of the open group, or of a new one. */
  join<Result>(run: () => Result): Loss | Conflict | Stored<Result>;
  /** Reads what can be seen now, and says when that is stored; while a long change is under way, nothing can be seen. */
  see<Result>(run: () => Result): Loss | Stored<Result>;
  /** Ends the open group now. */
  flush(): void;
  exclusive(meanwhile: string, steps: Steps | LaterSteps): Promise<Loss | Conflict | undefined>;
  close(): Promise<void>;
}

/** @param lost what became of the register's files while they are in use */
export const createGroup = (
  transaction: Transaction,
  apply: (write: Write) => void,
  lost: () => string | undefined,
): Group => {
  let group: Open | undefined;
  let closed = false;
  const long = createLong(transaction, apply, () => closed);
  const unseen = (): Loss | undefined => long.hindrance() ?? (closed ? CLOSED : undefined);
  const hindrance = (): Loss | undefined => {
    const why = unseen();
    if (why) return why;
    const cause = lost();
    return cause === undefined ? undefined : lossBy(cause);
  };
  const end = (): void => {
    if (!group) return;
    const { resolve, reject } = group;
    group = undefined;
    try {
      resolve(transaction.store());
    } catch (error) {
      reject(error);
    }
  };
  const start = (): Open | Loss => {
    const why = hindrance() ?? transaction.begin();
    if (why) return why;
    group = open();
    setImmediate(end);
    return group;
  };
  /** Where the disk is full, SQLite may undo the whole transaction, not only the change that did not fit. */
  const giveUp = ({ resolve }: Open): void => {
    transaction.undo();
    resolve(lossBy('the disk refused a change that came at the same time'));
    group = undefined;
  };

  return {
    hindrance,
    join: (run) => {
      const member = group ?? start();
      if ('loss' in member) return member;
      try {
        const made = transaction.member(run);
        return made ? { ...made, durable: member.done } : TAKEN;
      } catch (error) {
        return lossOf(error);
      } finally {
        if (!transaction.isOpen()) giveUp(member);
      }
    },
    see: (run) => {
      const why = unseen();
      if (why) return why;
      try {
        return { result: run(), durable: group?.done ?? STORED };
      } catch (error) {
        return lossOf(error);
      }
    },
    flush: end,
    exclusive: async (meanwhile, steps) => {
      while (long.hindrance()) await long.wait();
      const why = hindrance();
      if (why) return why;
      end();
      return long.make(meanwhile, steps);
    },
    close: async () => {
      closed = true;
      end();
      await long.wait();
    },
  };
};
