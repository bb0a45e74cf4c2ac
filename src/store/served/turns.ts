// One long change after the other, whichever process makes it, and everybody is told that one is under way.

import type { Loss } from '../engine.ts';

export interface Turns {
  /** What who comes is told; undefined: nobody has the register to himself. */
  alone(): Loss | undefined;
  /** Waits for the turn. @returns what ends it */
  take(meanwhile: string): Promise<() => void>;
}

/** @param tell is told of each beginning and end */
export const createTurns = (tell: (alone: Loss | undefined) => void): Turns => {
  let last: Promise<unknown> = Promise.resolve();
  let alone: Loss | undefined;
  return {
    alone: () => alone,
    take: async (meanwhile) => {
      const before = last;
      let end: () => void = () => undefined;
      last = new Promise<void>((resolve) => {
        end = resolve;
      });
      await before;
      alone = { loss: meanwhile, passes: true };
      tell(alone);
      return () => {
        alone = undefined;
        tell(undefined);
        end();
      };
    },
  };
};
