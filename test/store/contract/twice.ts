// An engine that decides twice, as one does whose transaction has to be tried again.

import assert from 'node:assert/strict';
import type { Decision, Engine } from '../../../src/store/engine.ts';
import type { Place } from './place.ts';

const decidingTwice = (engine: Engine): Engine => ({
  ...engine,
  change: (work) =>
    engine.change({
      ...work,
      decide: (loaded, seen): Decision<Awaited<ReturnType<typeof work.decide>>['result']> => {
        const first = work.decide(loaded, seen);
        const second = work.decide(loaded, seen);
        assert.deepEqual(second, first);
        return second;
      },
    }),
});

/** The same place, whose engines decide everything twice. */
export const twice = (place: Place): Place => ({
  ...place,
  open: async (tables, real) => decidingTwice(await place.open(tables, real)),
});
