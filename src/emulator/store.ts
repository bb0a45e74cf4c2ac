// Where the register is kept, and the engine that tells of what is written to it.

import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log-event.ts';
import { ConfigurationError } from '../kernel/user-error.ts';
import { seedLog } from '../seeds/kept.ts';
import type { Configuration } from '../settings/settings.ts';
import type { Durability, Engine } from '../store/engine.ts';
import { openEngine, openStore, type Place } from '../store/open.ts';
import { createKeeper, type Keeper } from '../store/served/keeper.ts';
import { watched } from '../store/watched.ts';
import type { Closing } from './closing.ts';
import { type Contracts, tablesOf } from './contracts.ts';
import type { Profiles } from './profiles.ts';
import { shareClock } from './shared-clock.ts';
import { shareProfiles } from './shared-profiles.ts';
import { createTelling } from './telling.ts';

/** Where the register is to be kept; undefined: in memory. */
export const placeOf = ({ inMemory, data, store, storeConnections, storeTimeout }: Configuration): Place => {
  if (store === undefined) return inMemory ? undefined : data;
  if (inMemory)
    throw new ConfigurationError(
      (name) => `${name('inMemory')} and ${name('store')} exclude each other; leave one of them out`,
    );
  return { address: store, connections: storeConnections, timeout: 1000 * storeTimeout };
};

/** The register, and what gives it to processes beside this one. */
interface Opened {
  readonly engine: Engine;
  /** Undefined: there are none. */
  readonly attach?: Keeper['attach'];
}

interface StoreBase {
  readonly configuration: Configuration;
  readonly place: Place;
  /** How many processes answer messages beside this one. */
  readonly workers: number;
  readonly durability: Durability;
  readonly clock: Clock;
  readonly profiles: Profiles;
  readonly log: Log;
}

/** What is switched in memory, as others of the register have it. */
const openShared = async ({ place, clock, profiles, log }: StoreBase, engine: Engine) => {
  const shared = { clock: shareClock(clock, engine), profiles: shareProfiles(profiles, engine, log) };
  // Others may be running over a server. A data directory is free at the start, and what an earlier run left there is over.
  if (typeof place !== 'object') {
    await shared.clock.putBack();
    await shared.profiles.putBack();
  }
  return shared;
};

/** Opens the register. Its lock on the data directory comes before anything in it is touched. */
export const openRegister = async (base: StoreBase, all: Contracts, closing: Closing) => {
  const { clock, place, durability, configuration, workers, log } = base;
  // What a register of several emulators was seeded with is in no data directory.
  const own = typeof place === 'object' ? [seedLog] : [];
  const tables = [...tablesOf(configuration, all), ...own];
  const { events, wrote, begin } = createTelling();
  const open = async (): Promise<Opened> => {
    const common = { durability, real: clock.real };
    if (workers > 0 && typeof place === 'string') {
      const opened = openEngine({ directory: place, ...common }, tables);
      closing.add(opened.close);
      return createKeeper(watched(opened, wrote));
    }
    const opened = await openStore({ place, ...common }, tables, (message) => log.info({ message }));
    closing.add(opened.close);
    return { engine: watched(opened, wrote) };
  };
  const { engine, attach } = await open();
  return { engine, attach, shared: await openShared(base, engine), events, wrote, begin };
};
