// The emulators of a campaign, each with a way of its own to the database; whoever is killed comes again.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { type Serving, serve } from '../program.ts';
import type { Cluster } from '../store/postgres/cluster.ts';
import { openPassage, type Passage } from '../store/postgres/passage.ts';

export interface Instance {
  readonly passage: Passage;
  /** Where it listens; undefined while it does not. */
  at(): Pick<Serving, 'url' | 'tlsUrl'> | undefined;
  /** Ends it, and starts it again. */
  again(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  end(): Promise<void>;
}

/** A start may meet a server that restarts: then it says so and ends, and whoever runs it starts it again. */
const TRIES = 50;
const REFUSED = /it ended with 1: kontakt: (?:PostgreSQL|the register)[^\n]+\n$/;

const startInstance = async (store: string, server: Cluster, args: readonly string[]): Promise<Instance> => {
  const passage = await openPassage(server.folder);
  const address = store.replace(server.folder, passage.folder);
  const start = async (left = TRIES): Promise<Serving> => {
    try {
      return await serve(['--store', address, '--store-timeout', '1', ...args]);
    } catch (error) {
      assert.match((error as Error).message, REFUSED);
      if (left === 0) throw error;
    }
    await setTimeout(100);
    return start(left - 1);
  };
  let serving: Serving | undefined = await start();
  return {
    passage,
    at: () => serving,
    again: async (signal) => {
      const before = serving;
      serving = undefined;
      before?.child.kill(signal);
      await before?.ended;
      serving = await start();
    },
    end: async () => {
      serving?.child.kill('SIGTERM');
      await serving?.ended;
      passage.end();
    },
  };
};

/** @param args of each `kontakt serve` */
export const startInstances = (
  many: number,
  store: string,
  server: Cluster,
  args: readonly string[],
): Promise<Instance[]> => Promise.all(Array.from({ length: many }, () => startInstance(store, server, args)));
