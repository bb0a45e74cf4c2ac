// Long work cut into slices, so that others are served meanwhile.

import { setImmediate } from 'node:timers/promises';

/** How long a slice may keep the thread, in milliseconds. */
const SLICE = 10;

/** Runs what yields wherever it may be interrupted. */
export const inSlices = async <Result>(work: Generator<void, Result>): Promise<Result> => {
  for (;;) {
    const until = performance.now() + SLICE;
    while (performance.now() < until) {
      const { done, value } = work.next();
      if (done) return value;
    }
    await setImmediate();
  }
};
