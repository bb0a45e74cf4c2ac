// The security profiles that services were given since the start, as all emulators of one register have them.

import type { ProfileSwitch } from '../control/profiles.ts';
import { brief } from '../kernel/brief.ts';
import type { Log } from '../kernel/log-event.ts';
import { value } from '../store/tables.ts';
import type { Profiles, Switched } from './profiles.ts';
import { type Shared, type SharingEngine, share } from './shared.ts';

const kept = value<Switched>('profiles', {});

export const shareProfiles = (
  { switched, use }: Profiles,
  engine: SharingEngine,
  log: Log,
): Shared<Switched> =>
  share(engine, kept, {
    initial: {},
    state: switched,
    set: (wanted) => {
      // Emulators of one register may have been given different settings.
      for (const [service, profile] of use(wanted))
        log.error({
          message: `${brief(service)} keeps the security profile of the configuration: there is no ${brief(profile)} here, which another emulator of this register gave it`,
        });
    },
  });

/** @param wanted null: the profile of the configuration; what is not named stays */
const afterwards = (before: Switched, wanted: Readonly<Record<string, string | null>>): Switched =>
  Object.fromEntries(
    Object.entries({ ...before, ...wanted }).filter((entry): entry is [string, string] => entry[1] !== null),
  );

export const switching = ({ names, services }: Profiles, { change }: Shared<Switched>): ProfileSwitch => ({
  names,
  services,
  set: (wanted) => change((before) => afterwards(before, wanted)),
});
