// The one transaction that may be open, and the members in it.

import type { Loss } from '../engine.ts';
import { causeOf } from '../refusals.ts';
import { isTaken, type Sqlite } from './driver.ts';
import type { Part } from './part.ts';

export interface Transaction {
  /** Where the disk is full, SQLite may end it by itself. */
  isOpen(): boolean;
  begin(): Loss | undefined;
  /** Commits it; what was committed to files that nobody will find again is not stored. */
  store(): Loss | undefined;
  undo(): void;
  /**
   * Runs a member, whole or not at all.
   *
   * @returns undefined where a key belongs to another state
   * @throws what the database throws otherwise; the member is undone
   */
  member<Result>(run: () => Result): { readonly result: Result } | undefined;
}

export const lossBy = (loss: string): Loss => ({ loss, passes: false });

/** What the disk refuses, told as that; everything else is a defect. */
export const lossOf = (error: unknown): Loss => {
  const cause = causeOf(error);
  if (cause === undefined) throw error;
  return lossBy(cause);
};

const createMember = (database: Sqlite, parts: readonly Part[]): Transaction['member'] => {
  const begin = database.prepare('SAVEPOINT member');
  const release = database.prepare('RELEASE member');
  const rollback = database.prepare('ROLLBACK TO member');
  return (run) => {
    const marks = parts.map((part) => part.mark());
    begin.run();
    try {
      const result = run();
      release.run();
      return { result };
    } catch (error) {
      if (database.inTransaction) {
        rollback.run();
        release.run();
      }
      for (const back of marks) back();
      if (isTaken(error)) return undefined;
      throw error;
    }
  };
};

/**
 * @param parts what goes along with the transaction; they are finished in this order
 * @param lost what became of the register's files while they are in use
 */
export const createTransaction = (
  database: Sqlite,
  parts: readonly Part[],
  lost: () => string | undefined,
): Transaction => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const undo = (): void => {
    if (database.inTransaction) rollback.run();
    for (const part of parts) part.undone();
  };
  return {
    isOpen: () => database.inTransaction,
    begin: () => {
      try {
        begin.run();
        return undefined;
      } catch (error) {
        return lossOf(error);
      }
    },
    store: () => {
      try {
        for (const part of parts) part.finish();
        commit.run();
      } catch (error) {
        undo();
        return lossOf(error);
      }
      for (const part of parts) part.committed();
      const cause = lost();
      return cause === undefined ? undefined : lossBy(cause);
    },
    undo,
    member: createMember(database, parts),
  };
};
