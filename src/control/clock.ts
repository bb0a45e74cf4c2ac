// The clock over the control interface: reading its two hands, moving one or both.

import { z } from 'zod';
import { addDuration, type Clock, type Hand, type HandState, parseDuration } from '../kernel/clock.ts';
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

export const viewClock = (clock: Clock) => ({
  register: viewHand(clock, 'register'),
  security: viewHand(clock, 'security'),
});

const durationOf = (text: string) => {
  const duration = parseDuration(text);
  if (!duration) throw new ControlError(400, `"${text}" is no ISO 8601 duration, like PT1H or P18M`);
  return duration;
};

const moveTo = (clock: Clock, { now, offset }: z.output<typeof clockJson>): HandState => {
  if (now !== undefined) {
    const at = Date.parse(now);
    if (Number.isNaN(at))
      throw new ControlError(400, `"${now}" is no ISO 8601 instant, like 2026-01-01T12:00:00Z`);
    return { kind: 'frozen', at };
  }
  if (offset === undefined) return { kind: 'real' };
  const real = clock.real();
  return { kind: 'offset', offset: addDuration(real, durationOf(offset)) - real };
};

/** Carries out `{"now"}`, `{"offset"}`, `{"advance"}` or `{"real": true}`, for the hand in `of`. */
export const setClock = (clock: Clock, body: unknown): void => {
  const parsed = clockJson.safeParse(body);
  if (!parsed.success)
    throw new ControlError(400, `clock: ${parsed.error.issues[0]?.message ?? 'not as expected'}`);
  const { of, advance } = parsed.data;
  const hands: Hand[] = of === 'both' ? ['register', 'security'] : [of];
  const duration = advance === undefined ? undefined : durationOf(advance);
  const state = duration ? undefined : moveTo(clock, parsed.data);
  for (const hand of hands) {
    if (duration) clock.advance(hand, duration);
    else if (state) clock.set(hand, state);
  }
};
