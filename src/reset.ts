// A reset: the register as newly seeded, the clock real, and nothing remembered of the messages before.

import type { ResetOptions } from './control/reset.ts';
import type { Journal } from './journal/journal.ts';
import type { Clock, Hand, HandState } from './kernel/clock.ts';
import type { Registers } from './registers.ts';
import type { SeedSource } from './seeds/source.ts';
import type { CommitGroup } from './store/group.ts';

/** What a reset puts back. */
interface Resettable {
  readonly group: CommitGroup;
  readonly clock: Clock;
  readonly registers: Registers;
  readonly source: SeedSource;
  readonly replay: { clear(): void };
  readonly journal: Journal;
}

const HANDS: readonly Hand[] = ['register', 'security'];

export const createReset =
  ({ group, clock, registers, source, replay, journal }: Resettable) =>
  async (options: Partial<ResetOptions> = {}): Promise<void> => {
    let before: readonly (readonly [Hand, HandState])[] = [];
    try {
      await group.exclusive(() => {
        before = HANDS.map((hand) => [hand, clock.state(hand)]);
        // The clock first: times before now in the seed are counted from the real now.
        for (const hand of HANDS) clock.set(hand, { kind: 'real' });
        return registers.restart(source.again(options.seed === 'none' ? 'none' : 'all'));
      });
    } catch (error) {
      for (const [hand, state] of before) clock.set(hand, state);
      throw error;
    }
    replay.clear();
    if (options.journal) journal.clear();
  };
