// What the emulator tells of itself: exchanges as the journal lists them, and changes of the registers and of what is switched.

import { viewClock } from '../control/clock.ts';
import { createEvents, type Events } from '../control/events.ts';
import { viewProfiles } from '../control/profiles.ts';
import { summaryOf } from '../journal/archive.ts';
import type { Journal } from '../journal/journal.ts';
import { viewEntry } from '../journal/view.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Countries } from './contracts.ts';
import type { Profiles } from './profiles.ts';

/** What an emulator tells of. */
export interface Told {
  readonly journal: Pick<Journal, 'subscribe'>;
  readonly countries: Countries;
  readonly clock: Clock;
  readonly profiles: Profiles;
}

export interface Telling {
  readonly events: Events;
  /** Told of tables, and of single values, that were written to. */
  readonly wrote: (names: readonly string[]) => void;
  /** Begins to tell, when there is something to tell of. */
  begin(told: Told): void;
}

/** What is told of a change, by what was written to. */
type Watched = Map<string, { readonly event: string; readonly content: () => object; readonly same: string }>;

const watchedIn = ({ countries, clock, profiles }: Told): Watched => {
  const watched: Watched = new Map();
  const watch = (name: string, event: string, content: () => object, same = event): void =>
    void watched.set(name, { event, content, same });
  watch('clock', 'clock', () => viewClock(clock));
  watch('profiles', 'profiles', () => viewProfiles(profiles));
  for (const [country, { administration }] of Object.entries(countries)) {
    const { persons, organisations, own } = administration;
    const watchIn = (name: string, event: string): void =>
      watch(name, event, () => ({ country }), `${event} ${country}`);
    watchIn(persons.table, 'persons');
    watchIn(organisations.table, 'organisations');
    for (const { watched: name, call } of Object.values(own))
      if (name !== undefined) watchIn(name, call.path.slice(1));
  }
  return watched;
};

export const createTelling = (): Telling => {
  const events = createEvents();
  let watched: Watched = new Map();
  return {
    events,
    wrote: (names) => {
      for (const name of names) {
        const told = watched.get(name);
        if (told) events.tell(told.event, told.content, told.same);
      }
    },
    begin: (told) => {
      watched = watchedIn(told);
      told.journal.subscribe((entry) => events.tell('exchange', () => viewEntry(summaryOf(entry), false)));
    },
  };
};
