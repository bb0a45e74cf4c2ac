// Emptying a journal that several emulators have together: none of them tells of an exchange any more that was over before.

import type { Events } from '../control/events.ts';
import type { Archive, Lost } from '../journal/archive.ts';
import type { Journal } from '../journal/journal.ts';
import type { Keeper } from '../journal/keeper.ts';
import { type Engine, isConflict, isLoss, type Loss } from '../store/engine.ts';
import { journalEmptyings } from '../store/journal-emptyings.ts';

/** What is emptied. */
interface Kept {
  readonly archive: Pick<Archive, 'clear'>;
  readonly keeper: Pick<Keeper, 'forget'>;
  readonly journal: Pick<Journal, 'clear'>;
}

const lostBy = ({ loss, passes }: Loss): Lost => ({ lost: loss, passes });

/** Counts one emptying more; each emulator knows it when this resolves, and has forgotten what it had not kept yet. */
const count = async (engine: Pick<Engine, 'change'>): Promise<Lost | undefined> => {
  const made = await engine.change({
    load: journalEmptyings.find(),
    decide: (before) => ({ result: undefined, writes: [journalEmptyings.put(before + 1)] }),
  });
  if (isLoss(made)) return lostBy(made);
  if (isConflict(made)) return { lost: made.conflict };
  const lost = await made.durable;
  return lost && lostBy(lost);
};

/** Empties the journals of all. Heeds from now on that another emulator does. */
export const sharedEmptying = (
  engine: Pick<Engine, 'change' | 'value' | 'watch'>,
  events: Pick<Events, 'tell'>,
  { archive, keeper, journal }: Kept,
): (() => Promise<Lost | undefined>) => {
  let known = journalEmptyings.current(engine);
  engine.watch?.(() => {
    const now = journalEmptyings.current(engine);
    if (now === known) return;
    known = now;
    journal.clear();
    keeper.forget();
    events.tell('journal', () => ({ emptied: true }), 'journal');
  });
  return async () => (await count(engine)) ?? (await archive.clear()) ?? undefined;
};
