// The exchanges that there are: the last ones in memory, and those that an archive keeps.

import {
  type Archive,
  entryOf,
  isLost,
  type JournalSummary,
  type Lost,
  storedSummaryOf,
  summaryOf,
  type Wanted,
} from './archive.ts';
import type { JournalEntry } from './entry.ts';
import type { Journal } from './journal.ts';
import type { Keeper } from './keeper.ts';

export interface History {
  /** The highest number first. Where the archive cannot be read, those in memory. */
  list(wanted: Wanted): Promise<readonly JournalSummary[]>;
  /** By id, or by number. */
  find(id: string): Promise<JournalEntry | Lost | undefined>;
  /** The same; waits a while for one that another emulator may be about to keep. */
  expect(id: string): Promise<JournalEntry | Lost | undefined>;
  clear(): Promise<Lost | undefined>;
}

export const isWanted = (
  entry: JournalEntry,
  { after, before, service, operation, problem, refused }: Wanted,
) =>
  (after === undefined || entry.number > after) &&
  (before === undefined || entry.number < before) &&
  (service === undefined || entry.service === service) &&
  (operation === undefined || entry.operation === operation) &&
  (problem === undefined || entry.problem === problem) &&
  (!refused || entry.explanation !== undefined);

/** @param kept where exchanges are kept besides; undefined: nowhere */
export const createHistory = (
  journal: Pick<Journal, 'list' | 'find' | 'clear'>,
  kept?: { readonly archive: Pick<Archive, 'list' | 'find'>; readonly keeper: Pick<Keeper, 'clear'> },
): History => {
  const find: History['find'] = async (id) => {
    const entry = journal.find(id);
    if (entry || !kept) return entry;
    const stored = await kept.archive.find(id);
    return stored === undefined || isLost(stored) ? stored : entryOf(stored);
  };
  return {
    find,
    expect: find,
    list: async (wanted) => {
      const stored = (await kept?.archive.list(wanted)) ?? [];
      // Asked for afterwards: an exchange that is not stored yet is still here.
      const found = new Map(
        (isLost(stored) ? [] : stored).map(storedSummaryOf).map((summary) => [summary.id, summary]),
      );
      for (const entry of journal.list()) if (isWanted(entry, wanted)) found.set(entry.id, summaryOf(entry));
      return [...found.values()].sort((one, other) => other.number - one.number).slice(0, wanted.limit);
    },
    clear: async () => {
      journal.clear();
      return kept?.keeper.clear();
    },
  };
};
