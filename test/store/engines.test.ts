// Every engine that there is keeps what the store promises, also where it decides twice.

import assert from 'node:assert/strict';
import type { Decision, Engine } from '../../src/store/engine.ts';
import type { Place } from './contract/place.ts';
import { storeContract } from './contract.ts';
import { inFile, inMemory } from './sqlite/places.ts';

/** An engine that decides twice, as one does whose transaction has to be tried again. */
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

const twice = (place: Place): Place => ({
  ...place,
  open: async (tables, real) => decidingTwice(await place.open(tables, real)),
});

storeContract('SQLite in a file', inFile);
storeContract('SQLite in memory', inMemory);
storeContract('SQLite in memory, deciding twice', () => twice(inMemory()));
