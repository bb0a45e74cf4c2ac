// What befalls the emulators of a campaign, their network and their database server, in an order that chance chooses.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Dice } from '../dice.ts';
import type { Cluster } from '../store/postgres/cluster.ts';
import { commitIn } from '../store/postgres/passage.ts';
import type { Instance } from './instances.ts';
import { count, type Surroundings } from './offers.ts';

/** Between two of them at most, and how long a network stalls at most; in milliseconds. */
const BETWEEN = 300;
const STALL = 1500;

/** Asks the server as soon as it is up: it may be restarting since somebody killed a process of it. */
const asked = async (server: Cluster, store: string, text: string): Promise<string[]> => {
  for (let left = 200; ; left -= 1) {
    try {
      return server.sql(store, text);
    } catch (error) {
      if (left === 0) throw error;
    }
    await setTimeout(50);
  }
};

/** A server process of some emulator; undefined: there is none now. */
const someBackend = async (server: Cluster, store: string): Promise<number | undefined> => {
  const [pid] = await asked(
    server,
    store,
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'kontakt-emulator' ORDER BY random() LIMIT 1",
  );
  return pid === undefined ? undefined : Number(pid);
};

/** Kills a process, unless it has ended by itself since somebody saw it. */
const killThere = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
  }
};

type Trouble = (instance: Instance, server: Cluster, store: string, dice: Dice) => Promise<void>;

const troubles: Readonly<Record<string, Trouble>> = {
  'emulator killed': (instance) => instance.again('SIGKILL'),
  'emulator stopped and started': (instance) => instance.again('SIGTERM'),
  // The server restarts all its processes after such a death of one.
  'server process killed': async (_, server, store) => {
    const pid = await someBackend(server, store);
    if (pid !== undefined) killThere(pid);
  },
  'server process ended': async (_, server, store) => {
    const pid = await someBackend(server, store);
    if (pid !== undefined) await asked(server, store, `SELECT pg_terminate_backend(${pid})`);
  },
  'network cut': async ({ passage }) => passage.cut(),
  'network cut at a commit': async ({ passage }, _server, _store, dice) => {
    let cut = false;
    passage.watch((octets) => {
      if (cut || !octets.includes('COMMIT')) return undefined;
      cut = true;
      // What is written is answered, and its commit never comes: nobody may be told that it is stored.
      const commit = commitIn(octets);
      return dice.once(2) && commit !== undefined ? commit : dice.pick(['before', 'after']);
    });
    for (let left = 40; left > 0 && !cut; left -= 1) await setTimeout(50);
    passage.watch(undefined);
  },
  'network stalled': async ({ passage }, _server, _store, dice) => {
    passage.stall();
    await setTimeout(dice.below(STALL));
    passage.goOn();
  },
};

const shuffled = <Item>(items: readonly Item[], dice: Dice): Item[] =>
  items
    .map((item) => ({ item, place: dice.below(2 ** 32) }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);

/** Does one after the other, each once in a round, until it is over and at least one round is done. */
export const makeTrouble = async (
  { instances, dice, tally, failed }: Surroundings,
  server: Cluster,
  store: string,
  isOver: () => boolean,
): Promise<void> => {
  do
    for (const [name, trouble] of shuffled(Object.entries(troubles), dice)) {
      await setTimeout(dice.below(BETWEEN));
      failed.throwIfAborted();
      const instance = instances[dice.below(instances.length)];
      assert.ok(instance);
      await trouble(instance, server, store, dice);
      count(tally, name);
    }
  while (!isOver());
};
