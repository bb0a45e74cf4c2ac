// A clock that several emulators share: its hands are values of the register, and each emulator follows them.

import { type Turn, turning } from '../control/clock.ts';
import { unavailableNow } from '../control/problem.ts';
import type { Clock, Hand, HandState } from '../kernel/clock.ts';
import { type Engine, isConflict, isLoss, type Write } from '../store/engine.ts';
import { nothing, value } from '../store/tables.ts';

export const HANDS: readonly Hand[] = ['register', 'security'];
const REAL: HandState = { kind: 'real' };

const hands = {
  register: value<HandState>('clock_register', REAL),
  security: value<HandState>('clock_security', REAL),
};

export interface SharedClock {
  readonly turn: Turn;
  /** What puts all hands back to real time, as a part of a larger change. */
  readonly backToReal: () => readonly Write[];
}

const isSame = (one: HandState, other: HandState): boolean => JSON.stringify(one) === JSON.stringify(other);

const turnShared = async (
  engine: Pick<Engine, 'change' | 'value'>,
  turned: readonly Hand[],
  to: (state: HandState) => HandState,
): Promise<void> => {
  const made = await engine.change({
    load: nothing,
    // Within the change, the hands are where the last one to turn them left them.
    decide: () => ({
      result: undefined,
      writes: turned.map((hand) => hands[hand].put(to(hands[hand].current(engine)))),
    }),
  });
  if (isConflict(made)) throw new Error(made.conflict);
  const loss = isLoss(made) ? made : await made.durable;
  if (loss) throw unavailableNow(loss);
};

/** Sets a clock as the others of the register have it, now and ever after; one that nobody shares is left alone. */
export const shareClock = (clock: Clock, engine: Pick<Engine, 'change' | 'value' | 'watch'>): SharedClock => {
  if (!engine.watch) return { turn: turning(clock), backToReal: () => [] };
  const follow = (): void => {
    for (const hand of HANDS) {
      const state = hands[hand].current(engine);
      if (!isSame(state, clock.state(hand))) clock.set(hand, state);
    }
  };
  follow();
  engine.watch(follow);
  let last: Promise<unknown> = Promise.resolve();
  return {
    backToReal: () => HANDS.map((hand) => hands[hand].put(REAL)),
    // One after the other: what was put is known when it is stored.
    turn: (turned, to) => {
      const real = clock.real();
      const next = last.then(() => turnShared(engine, turned, (state) => to(state, real)));
      last = next.catch(() => undefined);
      return next;
    },
  };
};
