// Changes that come together are stored together: each whole or not at all, and one commit for all of them.
//
// A member is a nested transaction (SQLite savepoint) in the transaction of its group. The group is open for one turn of
// the event loop at most, and no answer goes out before the group that its member is in was committed.

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Conflict, Loss, Write } from '../engine.ts';
import { causeOf } from '../refusals.ts';
import type { Sqlite } from './driver.ts';
import type { Writer } from './writer.ts';

/** How many writes of a long change are made before others are heard. */
const WRITES_AT_ONCE = 500;

const CLOSED: Loss = { loss: 'the register was closed before the change was made', passes: false };
const TAKEN: Conflict = { conflict: 'a number in it belongs to another one already' };
const STORED: Promise<undefined> = Promise.resolve(undefined);

const lossBy = (loss: string): Loss => ({ loss, passes: false });

/** What the disk refuses, told as that; everything else is a defect. */
const lossOf = (error: unknown): Loss => {
  const cause = causeOf(error);
  if (cause === undefined) throw error;
  return lossBy(cause);
};

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

/** @param lost what became of the register's files while they are in use */
export const createGroup = (database: Sqlite, writer: Writer, lost: () => string | undefined) => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  let group: Open | undefined;
  /** What who comes is told while somebody has the register to himself. */
  let exclusive: Loss | undefined;
  let lastExclusive: Promise<unknown> | undefined;
  let closed = false;

  const hindrance = (): Loss | undefined => {
    if (exclusive) return exclusive;
    if (closed) return CLOSED;
    const cause = lost();
    return cause === undefined ? undefined : lossBy(cause);
  };

  const undo = (): void => {
    if (database.inTransaction) rollback.run();
    writer.undone();
  };

  /** Commits what is open; what was committed to files that nobody will find again is not stored. */
  const store = (): Loss | undefined => {
    try {
      writer.finish();
      commit.run();
    } catch (error) {
      undo();
      return lossOf(error);
    }
    writer.committed();
    const cause = lost();
    return cause === undefined ? undefined : lossBy(cause);
  };

  const end = (): void => {
    if (!group) return;
    const { resolve, reject } = group;
    group = undefined;
    try {
      resolve(store());
    } catch (error) {
      reject(error);
    }
  };

  const start = (): Open | Loss => {
    const why = hindrance();
    if (why) return why;
    try {
      begin.run();
    } catch (error) {
      return lossOf(error);
    }
    group = open();
    setImmediate(end);
    return group;
  };

  const makeLong = async (
    meanwhile: string,
    steps: () => Iterable<readonly Write[]>,
  ): Promise<Loss | Conflict | undefined> => {
    exclusive = { loss: meanwhile, passes: true };
    try {
      begin.run();
      let writes = 0;
      for (const step of steps()) {
        if (!database.inTransaction) break;
        const made = writer.member(() => step.forEach(writer.apply));
        if (!made) {
          undo();
          return TAKEN;
        }
        writes += step.length;
        if (writes < WRITES_AT_ONCE) continue;
        writes = 0;
        await nextTurn();
        if (closed) {
          undo();
          return CLOSED;
        }
      }
      if (database.inTransaction) return store();
      // A number that was taken meanwhile found the disk full, and SQLite undid the whole transaction.
      writer.undone();
      return lossBy('the disk refused a number that was taken at the same time');
    } catch (error) {
      undo();
      return lossOf(error);
    } finally {
      exclusive = undefined;
    }
  };

  return {
    hindrance,
    /** Runs something as a member of the open group, or of a new one. */
    join: <Result>(
      run: () => Result,
    ): Loss | Conflict | { readonly result: Result; readonly durable: Promise<Loss | undefined> } => {
      const member = group ?? start();
      if ('loss' in member) return member;
      try {
        const made = writer.member(run);
        return made ? { ...made, durable: member.done } : TAKEN;
      } catch (error) {
        return lossOf(error);
      } finally {
        // Where the disk is full, SQLite may undo the whole transaction, not only the change that did not fit.
        if (!database.inTransaction) {
          writer.undone();
          member.resolve(lossBy('the disk refused a change that came at the same time'));
          group = undefined;
        }
      }
    },
    /** Reads what can be seen now, and says when that is stored; while a long change is under way, nothing can be seen. */
    see: <Result>(
      run: () => Result,
    ): Loss | { readonly result: Result; readonly durable: Promise<Loss | undefined> } => {
      if (exclusive) return exclusive;
      if (closed) return CLOSED;
      try {
        return { result: run(), durable: group?.done ?? STORED };
      } catch (error) {
        return lossOf(error);
      }
    },
    /** Ends the open group now. */
    flush: end,
    exclusive: async (
      meanwhile: string,
      steps: () => Iterable<readonly Write[]>,
    ): Promise<Loss | Conflict | undefined> => {
      while (exclusive) await lastExclusive;
      const why = hindrance();
      if (why) return why;
      end();
      const making = makeLong(meanwhile, steps);
      lastExclusive = making.catch(() => undefined);
      return making;
    },
    close: async (): Promise<void> => {
      closed = true;
      end();
      await lastExclusive;
    },
  };
};
