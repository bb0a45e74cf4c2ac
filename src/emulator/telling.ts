// What the emulator tells of itself: exchanges as the journal lists them, and changes of the registers.

import { createEvents, type Events } from '../control/events.ts';
import { summaryOf } from '../journal/archive.ts';
import type { Journal } from '../journal/journal.ts';
import { viewEntry } from '../journal/view.ts';
import type { Countries } from './contracts.ts';

export interface Telling {
  readonly events: Events;
  /** Told of tables that were written to. */
  readonly wrote: (tables: readonly string[]) => void;
  /** Begins to tell, when there is something to tell of. */
  begin(journal: Journal, countries: Countries): void;
}

/** By table, what is told of a change in it: the event, and in which country. */
const watchedIn = (countries: Countries): Map<string, readonly [event: string, country: string]> =>
  new Map(
    Object.entries(countries).flatMap(
      ([
        country,
        {
          administration: { persons, organisations, own },
        },
      ]) => [
        [persons.table, ['persons', country] as const] as const,
        [organisations.table, ['organisations', country] as const] as const,
        ...Object.values(own).flatMap(({ watched, call }) =>
          watched === undefined ? [] : [[watched, [call.path.slice(1), country] as const] as const],
        ),
      ],
    ),
  );

export const createTelling = (): Telling => {
  const events = createEvents();
  let told: ReturnType<typeof watchedIn> = new Map();
  return {
    events,
    wrote: (tables) => {
      for (const table of tables) {
        const [event, country] = told.get(table) ?? [];
        if (event !== undefined) events.tell(event, () => ({ country }), `${event} ${country}`);
      }
    },
    begin: (journal, countries) => {
      told = watchedIn(countries);
      journal.subscribe((entry) => events.tell('exchange', () => viewEntry(summaryOf(entry), false)));
    },
  };
};
