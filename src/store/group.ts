// Changes that come together are stored together: each whole or not at all, and one commit for all of them.
//
// A change is a nested transaction (SQLite savepoint) in the transaction of its group. The group is open for one turn of
// the event loop at most, and no answer goes out before the group that its change is in was committed.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { isProblem, type Problem } from '../kernel/problem.ts';
import type { RegisterProblem } from '../soap/service.ts';
import { orProblem, unavailable } from './change.ts';
import { causeOf, DataDirectoryError } from './refusals.ts';
import type { Sqlite } from './sqlite.ts';

type Loss = Problem<RegisterProblem>;

/** Why nothing can be changed now. */
export interface Hindrance {
  readonly cause: string;
  /** Whether it passes by itself: somebody has the register to himself, who reads or changes it meanwhile sees half of it. */
  readonly passes: boolean;
}

export interface CommitGroup {
  /**
   * Runs something that writes, whole or not at all, as a member of the open group, or of a new one. What it does counts once
   * `stored` says so; what the disk refuses at once is a problem.
   */
  join<T>(write: () => T): T | Loss;
  /**
   * What an answer waits for that tells of the register: the end of the open group; undefined when none is open.
   * It resolves to a problem when the disk refused the group and nothing of it was stored.
   *
   * @throws (rejects) what the commit threw, where that is no failure of the disk
   */
  stored(): Promise<Loss | undefined> | undefined;
  /** Ends the open group now, before somebody touches the database who is no member. */
  flush(): void;
  hindrance(): Hindrance | undefined;
  /**
   * Makes one long change, all of it or nothing, with nobody between: meanwhile `join` refuses. Others are heard after every
   * few hundred rows; what has fewer is done when this returns.
   *
   * @param steps each says how many rows it has touched
   * @throws (rejects) DataDirectoryError when the disk refuses it, or the register is closed meanwhile
   */
  exclusive(steps: () => Iterable<number>): Promise<void>;
  /** Ends what is open: a group is stored, a long change is undone. */
  close(): Promise<void>;
}

/** How many rows a long change may touch before others are heard. */
const ROWS_AT_ONCE = 500;

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

const RESETTING: Hindrance = { cause: 'the register is being reset', passes: true };

const refusalOf = ({ cause, passes }: Hindrance): Loss =>
  passes ? unavailable(cause, 'wait until that is over and send a new message') : unavailable(cause);

/** @param lost what became of the register's files while they are in use */
export const createCommitGroup = (
  database: Sqlite,
  lost: () => string | undefined = () => undefined,
): CommitGroup => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  let group: Open | undefined;
  let exclusive = false;
  let lastExclusive: Promise<void> | undefined;
  let closed = false;

  const hindrance = (): Hindrance | undefined => {
    if (exclusive) return RESETTING;
    const cause = lost();
    return cause === undefined ? undefined : { cause, passes: false };
  };

  const undo = (): void => {
    if (database.inTransaction) rollback.run();
  };

  const end = (): void => {
    if (!group) return;
    const { resolve, reject } = group;
    group = undefined;
    try {
      commit.run();
      // What was committed to files that nobody will find again is not stored.
      const cause = lost();
      resolve(cause === undefined ? undefined : unavailable(cause));
    } catch (error) {
      undo();
      const cause = causeOf(error);
      if (cause === undefined) reject(error);
      else resolve(unavailable(cause));
    }
  };

  const run = async (steps: () => Iterable<number>): Promise<void> => {
    exclusive = true;
    try {
      begin.run();
      let rows = 0;
      for (const touched of steps()) {
        rows += touched;
        if (rows < ROWS_AT_ONCE) continue;
        rows = 0;
        await nextTurn();
        if (closed) throw new DataDirectoryError('the register was closed before the change was made');
      }
      commit.run();
      const gone = lost();
      if (gone !== undefined) throw new DataDirectoryError(gone);
    } catch (error) {
      undo();
      const cause = causeOf(error);
      throw cause === undefined ? error : new DataDirectoryError(`the register: ${cause}`);
    } finally {
      exclusive = false;
    }
  };

  return {
    join: (write) => {
      if (!group) {
        const why = hindrance();
        if (why) return refusalOf(why);
        const failed = orProblem(() => begin.run());
        if (isProblem(failed)) return failed;
        group = open();
        setImmediate(end);
      }
      try {
        return orProblem(write);
      } finally {
        // Where the disk is full, SQLite may undo the whole transaction, not only the change that did not fit.
        if (!database.inTransaction) {
          group.resolve(unavailable('the disk refused a change that came at the same time'));
          group = undefined;
        }
      }
    },
    stored: () => group?.done,
    flush: end,
    hindrance,
    exclusive: async (steps) => {
      while (exclusive) await lastExclusive?.catch(() => undefined);
      const why = hindrance();
      if (why) throw new DataDirectoryError(why.cause);
      end();
      lastExclusive = run(steps);
      await lastExclusive;
    },
    close: async () => {
      closed = true;
      end();
      await lastExclusive?.catch(() => undefined);
    },
  };
};
