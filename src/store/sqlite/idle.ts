// A register at rest is one file: what stands in its log is brought into it when nobody changes anything for a moment.

import type { Sqlite } from './driver.ts';

/** How long nothing may have changed, in milliseconds. */
const REST = 1000;

/**
 * Looks once in a while whether the register rests. The timer keeps no process alive.
 *
 * @returns what ends it
 */
export const checkpointAtRest = (database: Sqlite): (() => void) => {
  const changes = database.prepare('SELECT total_changes()').pluck();
  let seen: unknown;
  let brought: unknown;
  const look = (): void => {
    const now = changes.get();
    const rests = now === seen && now !== brought && !database.inTransaction;
    seen = now;
    if (!rests) return;
    try {
      // PASSIVE waits for nobody; where somebody else reads or the disk is full, the next look tries again.
      const [{ busy, log, checkpointed } = { busy: 1, log: 0, checkpointed: 0 }] = database.pragma(
        'wal_checkpoint(PASSIVE)',
      ) as { busy: number; log: number; checkpointed: number }[];
      if (busy === 0 && log === checkpointed) brought = now;
    } catch {
      // The log holds everything all the same.
    }
  };
  const timer = setInterval(look, REST).unref();
  return () => clearInterval(timer);
};
