// The hands of the clock, as all emulators of one register have them.

import type { Turn } from '../control/clock.ts';
import type { Clock, Hand, HandState } from '../kernel/clock.ts';
import { value } from '../store/tables.ts';
import { type Shared, type SharingEngine, share } from './shared.ts';

type Hands = Readonly<Record<Hand, HandState>>;

const HANDS: readonly Hand[] = ['register', 'security'];
const REAL: Hands = { register: { kind: 'real' }, security: { kind: 'real' } };
const kept = value<Hands>('clock', REAL);

export const shareClock = (clock: Clock, engine: SharingEngine): Shared<Hands> =>
  share(engine, kept, {
    initial: REAL,
    state: () => ({ register: clock.state('register'), security: clock.state('security') }),
    set: (hands) => {
      for (const hand of HANDS) clock.set(hand, hands[hand]);
    },
  });

/** Turns hands of a clock that others may share. */
export const turningShared =
  ({ change }: Shared<Hands>, { real }: Clock): Turn =>
  (turned, to) => {
    const now = real();
    return change((hands) => ({
      ...hands,
      ...Object.fromEntries(turned.map((hand) => [hand, to(hands[hand], now)])),
    }));
  };
