// A long change of another process: its steps are made as they come, and it is undone where that process is heard of no more.

import type { Conflict, LaterSteps, Loss, Write } from '../engine.ts';

/** It ends before its end. */
class Undone extends Error {}

export interface RemoteLong {
  /** @returns why it is over already; undefined: the next one is wanted */
  step(writes: readonly Write[]): Promise<Loss | Conflict | undefined>;
  /** @returns what became of all of it */
  end(): Promise<Loss | Conflict | undefined>;
  undo(): Promise<void>;
}

type Next = { readonly writes: readonly Write[] } | 'end' | 'undo';

/** @param make makes the long change, and says what became of it */
export const beginRemote = (
  make: (steps: LaterSteps) => Promise<Loss | Conflict | undefined>,
): RemoteLong => {
  let give: (next: Next) => void = () => undefined;
  let wanted: () => void = () => undefined;
  let next = new Promise<Next>((resolve) => {
    give = resolve;
  });
  const steps = async function* (): AsyncGenerator<readonly Write[]> {
    for (;;) {
      const one = await next;
      if (one === 'end') return;
      if (one === 'undo') throw new Undone();
      next = new Promise<Next>((resolve) => {
        give = resolve;
      });
      yield one.writes;
      wanted();
    }
  };
  const made = make(steps).catch((error: unknown) => {
    if (error instanceof Undone) return undefined;
    throw error;
  });
  made.catch(() => undefined);
  return {
    step: (writes) => {
      const ready = new Promise<undefined>((resolve) => {
        wanted = () => resolve(undefined);
      });
      give({ writes });
      return Promise.race([ready, made]);
    },
    end: () => {
      give('end');
      return made;
    },
    undo: async () => {
      give('undo');
      await made.catch(() => undefined);
    },
  };
};
