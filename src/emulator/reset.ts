// A reset: the register as newly seeded, the clock real, the profiles configured, and nothing remembered of the messages before.

import type { Events } from '../control/events.ts';
import type { ProfileSwitch } from '../control/profiles.ts';
import type { ResetOptions } from '../control/reset.ts';
import type { Clock, Hand, HandState } from '../kernel/clock.ts';
import type { SeedSource } from '../seeds/source.ts';
import type { Write } from '../store/engine.ts';
import type { Registers } from './registers.ts';
import { HANDS } from './shared-clock.ts';

/** What a reset puts back. */
interface Resettable {
  readonly clock: Clock;
  /** What puts the clock back where others share it. */
  readonly backToReal: () => readonly Write[];
  readonly registers: Registers;
  readonly source: SeedSource;
  readonly clearJournal: () => Promise<void>;
  readonly profiles: Pick<ProfileSwitch, 'back'>;
  readonly events: Pick<Events, 'tell'>;
}

export const createReset =
  ({ clock, backToReal, registers, source, clearJournal, profiles, events }: Resettable) =>
  async (options: Partial<ResetOptions> = {}): Promise<void> => {
    let before: readonly (readonly [Hand, HandState])[] = [];
    let again = (): void => {};
    // The clock first: times before now in the seed are counted from the real now.
    const turnBack = (): readonly Write[] => {
      before = HANDS.map((hand) => [hand, clock.state(hand)]);
      for (const hand of HANDS) clock.set(hand, { kind: 'real' });
      again = profiles.back();
      return backToReal();
    };
    try {
      await registers.restart(() => source.again(options.seed === 'none' ? 'none' : 'all'), turnBack);
    } catch (error) {
      for (const [hand, state] of before) clock.set(hand, state);
      again();
      throw error;
    }
    if (options.journal) await clearJournal();
    events.tell('reset', () => ({ journal: options.journal === true }));
  };
