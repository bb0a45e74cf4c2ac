// How long contact information counts.

import { addDuration } from '../../kernel/clock.ts';

/** After it was changed or confirmed last [D]. */
const LIFETIME = { months: -18, milliseconds: 0 };

/** When it was changed and confirmed last, in milliseconds since 1970. */
interface Dated {
  readonly updated?: number | undefined;
  readonly verified?: number | undefined;
}

/**
 * The oldest date that still counts, in milliseconds since 1970.
 *
 * @param now the register hand of the clock, in milliseconds since 1970
 */
export const freshSince = (now: number): number => addDuration(now, LIFETIME);

/**
 * Whether contact information still counts. Of a channel without any date nobody knows how old it is: it has expired [A].
 *
 * @param since the oldest date that counts
 */
export const isFresh = ({ updated, verified }: Dated, since: number): boolean =>
  Math.max(updated ?? Number.NEGATIVE_INFINITY, verified ?? Number.NEGATIVE_INFINITY) >= since;
