// Step 9: a signature counts once. Bounded in number and in time.

import type { Problem } from '../kernel/problem.ts';
import { type Once, replayed } from './once.ts';
import type { SecurityProblem } from './problems.ts';

const CAPACITY = 100_000;

export interface ReplayCache {
  /**
   * Remembers a signature, or refuses it as seen before.
   *
   * @param now milliseconds since 1970
   */
  admit(once: Once, now: number): Problem<SecurityProblem> | undefined;
  clear(): void;
}

/** @param capacity how many signatures are remembered; beyond it the oldest is forgotten */
export const createReplayCache = (capacity = CAPACITY): ReplayCache => {
  // Insertion order is nearly the order of expiry, so that sweeping from the front stays short.
  const seen = new Map<string, number>();
  const sweep = (now: number): void => {
    for (const [key, until] of seen) {
      if (until >= now && seen.size < capacity) return;
      seen.delete(key);
    }
  };
  return {
    clear: () => seen.clear(),
    admit: ({ key, until }, now) => {
      const name = key.toString('base64');
      const before = seen.get(name);
      if (before !== undefined && before >= now) return replayed(before);
      sweep(now);
      seen.set(name, until);
      return undefined;
    },
  };
};
