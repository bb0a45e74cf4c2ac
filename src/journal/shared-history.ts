// The exchanges of all emulators of one register: those that their archive has, in the order in which they were kept, and what
// this one could not keep yet. What is in memory alone counts where the archive cannot be read.

import { setTimeout as pause } from 'node:timers/promises';
import { type Archive, isLost, type Lost, storedSummaryOf, summaryOf, type Wanted } from './archive.ts';
import type { JournalEntry } from './entry.ts';
import { createHistory, type History, isWanted } from './history.ts';
import type { Journal } from './journal.ts';
import type { Keeper } from './keeper.ts';

/** How long is waited for an exchange that another emulator may be about to keep, in milliseconds; and how often it is looked for. */
const ON_ITS_WAY = 100;
const LOOKS = 4;

export interface SharedParts {
  readonly archive: Pick<Archive, 'list' | 'find'>;
  readonly keeper: Pick<Keeper, 'tried' | 'waiting'>;
  /** Empties the journals of all, and the archive. */
  readonly empty: () => Promise<Lost | undefined>;
}

/** Of those that are not kept yet, which come later than all that is: the newest first. */
const later = (waiting: readonly JournalEntry[], wanted: Wanted): readonly JournalEntry[] => {
  const placeOf = (number: number): number => waiting.findIndex((entry) => entry.number === number);
  const { after, before } = wanted;
  const from = after === undefined ? 0 : placeOf(after) + 1;
  const to = before === undefined ? waiting.length : Math.max(0, placeOf(before));
  const others = { ...wanted, after: undefined, before: undefined };
  return waiting
    .slice(from, to)
    .filter((entry) => isWanted(entry, others))
    .toReversed();
};

export const createSharedHistory = (
  journal: Pick<Journal, 'list' | 'find' | 'clear'>,
  { archive, keeper, empty }: SharedParts,
): History => {
  const alone = createHistory(journal);
  const { find } = createHistory(journal, { archive, keeper: { clear: empty } });
  return {
    list: async (wanted) => {
      await keeper.tried();
      const stored = await archive.list(wanted);
      if (isLost(stored)) return alone.list(wanted);
      const kept = stored.map(storedSummaryOf);
      const known = new Set(kept.map(({ id }) => id));
      const fresh = later(keeper.waiting(), wanted).filter(({ id }) => !known.has(id));
      return [...fresh.map(summaryOf), ...kept].slice(0, wanted.limit);
    },
    find,
    expect: async (id) => {
      for (let left = LOOKS; left > 1; left -= 1) {
        const found = await find(id);
        if (found) return found;
        await pause(ON_ITS_WAY);
      }
      return find(id);
    },
    clear: empty,
  };
};
