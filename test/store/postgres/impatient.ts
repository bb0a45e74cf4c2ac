// Engines that wait shortly for PostgreSQL, for what they say of a network that is silent. A loaded machine may be too slow for
// them before there is any silence: then they are tried again.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Engine, Write } from '../../../src/store/engine.ts';
import { openPostgres } from '../../../src/store/postgres/open.ts';
import { TABLES } from '../contract/tables.ts';
import { writing } from '../contract/verbs.ts';

/** How long they wait, in milliseconds. */
export const SHORT = 2000;

/** Opens one. */
export const openImpatient = async (address: string): Promise<Engine> => {
  for (;;) {
    try {
      return await openPostgres({ address, connections: 4, timeout: SHORT }, TABLES, () => 0);
    } catch (error) {
      assert.match(String(error), /does not answer in time/);
    }
  }
};

/** Writes until it is stored. */
export const writtenAtLast = async (engine: Engine, ...writes: readonly Write[]): Promise<void> => {
  for (;;) {
    const answer = await engine.change(writing(...writes));
    if ('durable' in answer && (await answer.durable) === undefined) return;
    await setTimeout(50);
  }
};
