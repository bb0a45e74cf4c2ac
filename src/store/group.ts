// Changes that come together are stored together: each whole or not at all, and one commit for all of them.
//
// A change is a nested transaction (SQLite savepoint) in the transaction of its group. The group is open for one turn of
// the event loop at most, and no answer goes out before the group that its change is in was committed.

import { isProblem, type Problem } from '../kernel/problem.ts';
import type { RegisterProblem } from '../soap/service.ts';
import { orProblem, unavailable } from './change.ts';
import { causeOf, type Sqlite } from './open.ts';

type Loss = Problem<RegisterProblem>;

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
}

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

export const createCommitGroup = (database: Sqlite): CommitGroup => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  let group: Open | undefined;

  const end = (): void => {
    if (!group) return;
    const { resolve, reject } = group;
    group = undefined;
    try {
      commit.run();
      resolve(undefined);
    } catch (error) {
      if (database.inTransaction) rollback.run();
      const cause = causeOf(error);
      if (cause === undefined) reject(error);
      else resolve(unavailable(cause));
    }
  };

  return {
    join: (write) => {
      if (!group) {
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
  };
};
