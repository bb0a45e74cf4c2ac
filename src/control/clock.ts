// The clock over the control interface: reading its two hands, moving one or both.

import * as z from 'zod';
import { brief } from '../kernel/brief.ts';
import {
  addDuration,
  type Clock,
  type Hand,
  type HandState,
  isInstant,
  nearestDuration,
  parseDuration,
  parseInstant,
} from '../kernel/clock.ts';
import { readBody } from './body.ts';
import { ControlError } from './problem.ts';

const clockJson = z
  .strictObject({
    of: z.enum(['register', 'security', 'both']).default('register'),
    now: z.string().optional(),
    offset: z.string().optional(),
    advance: z.string().optional(),
    real: z.literal(true).optional(),
  })
  .refine(
    ({ of: _, ...change }) => Object.values(change).filter((value) => value !== undefined).length === 1,
    {
      message: 'exactly one of now, offset, advance and real',
    },
  );

const viewHand = (clock: Clock, hand: Hand) => {
  const state = clock.state(hand);
  return {
    now: new Date(clock.now(hand)).toISOString(),
    mode: state.kind,
    ...(state.kind === 'offset' ? { offsetSeconds: state.offset / 1000 } : {}),
  };
};

export type ClockView = ReturnType<typeof viewClock>;

export const viewClock = (clock: Clock) => ({
  register: viewHand(clock, 'register'),
  security: viewHand(clock, 'security'),
});

const durationOf = (text: string) => {
  const duration = parseDuration(text);
  if (duration) return duration;
  const near = nearestDuration(text);
  const told = near === undefined ? 'like PT1H or P18M' : `did you mean ${near}?`;
  throw new ControlError(400, `clock: ${brief(text)} is no ISO 8601 duration; ${told}`);
};

const instantOf = (text: string): number => {
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new ControlError(400, `clock: ${brief(text)} is no ISO 8601 instant, like 2026-01-31T12:00:00Z`);
};

/** Where a hand points when the real time is `real`: read once, so that an offset comes out whole. */
const standing = (state: HandState, real: number): number =>
  state.kind === 'frozen' ? state.at : state.kind === 'offset' ? real + state.offset : real;

/** Where a hand is to point, in milliseconds since 1970. */
const targetOf = (
  state: HandState,
  real: number,
  { now, offset, advance }: z.output<typeof clockJson>,
): number => {
  const at =
    now !== undefined
      ? instantOf(now)
      : advance !== undefined
        ? addDuration(standing(state, real), durationOf(advance))
        : addDuration(real, durationOf(offset ?? 'PT0S'));
  if (isInstant(at)) return at;
  throw new ControlError(
    400,
    `clock: ${now ?? advance ?? offset} leads to no instant of the years 1 to 9999`,
  );
};

/** Turns hands of the clock: each from what it shows to what `to` says, all of them or none. */
export type Turn = (
  hands: readonly Hand[],
  to: (state: HandState, real: number) => HandState,
) => Promise<void>;

/** Carries out `{"now"}`, `{"offset"}`, `{"advance"}` or `{"real": true}`, for the hand in `of`. */
export const setClock = async (turn: Turn, body: unknown): Promise<void> => {
  const change = readBody(clockJson, body, 'clock');
  const { of, now, real: back } = change;
  await turn(of === 'both' ? ['register', 'security'] : [of], (state, real) => {
    if (back) return { kind: 'real' };
    const at = targetOf(state, real, change);
    const frozen = now !== undefined || (change.advance !== undefined && state.kind === 'frozen');
    return frozen ? { kind: 'frozen', at } : { kind: 'offset', offset: at - real };
  });
};
