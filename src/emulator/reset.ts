// A reset: the register as newly seeded, the clock real, the profiles configured, and nothing remembered of the messages before.

import type { Events } from '../control/events.ts';
import type { ResetOptions } from '../control/reset.ts';
import type { SeedSource } from '../seeds/source.ts';
import type { Write } from '../store/engine.ts';
import type { Registers } from './registers.ts';
import type { Shared } from './shared.ts';

/** What a reset puts back. */
interface Resettable {
  readonly shared: readonly Pick<Shared<unknown>, 'back'>[];
  readonly registers: Registers;
  readonly source: SeedSource;
  readonly clearJournal: () => Promise<void>;
  readonly events: Pick<Events, 'tell'>;
}

export const createReset =
  ({ shared, registers, source, clearJournal, events }: Resettable) =>
  async (options: Partial<ResetOptions> = {}): Promise<void> => {
    let backs: readonly ReturnType<Shared<unknown>['back']>[] = [];
    // First of all, the clock among it: times before now in the seed are counted from the real now.
    const turnBack = (): readonly Write[] => {
      backs = shared.map(({ back }) => back());
      return backs.flatMap(({ writes }) => writes);
    };
    try {
      await registers.restart(() => source.again(options.seed === 'none' ? 'none' : 'all'), turnBack);
    } catch (error) {
      for (const { undo } of backs) undo();
      throw error;
    }
    if (options.journal) await clearJournal();
    events.tell('reset', () => ({ journal: options.journal === true }));
  };
