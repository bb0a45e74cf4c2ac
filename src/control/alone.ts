// Whoever switches the emulator has the register alone: what others have begun is stored before, and nobody comes between.

import type { CommitGroup } from '../store/group.ts';
import { unavailableBy, unavailableNow } from './problem.ts';

export interface Alone {
  /** @throws ControlError while the register is being put back, or where the disk refuses it */
  reading<Result>(run: () => Result): Result;
  /** @throws ControlError while the register cannot be changed */
  changing<Result>(run: () => Result): Result;
}

const told = (error: unknown): unknown => unavailableBy(error) ?? error;

const run = <Result>(act: () => Result): Result => {
  try {
    return act();
  } catch (error) {
    throw told(error);
  }
};

export const createAlone = ({ flush, hindrance }: Pick<CommitGroup, 'flush' | 'hindrance'>): Alone => ({
  reading: (act) => {
    flush();
    const why = hindrance();
    // What is gone can still be read; what is being put back cannot.
    if (why?.passes) throw unavailableNow(why);
    return run(act);
  },
  changing: (act) => {
    flush();
    const why = hindrance();
    if (why) throw unavailableNow(why);
    return run(act);
  },
});
