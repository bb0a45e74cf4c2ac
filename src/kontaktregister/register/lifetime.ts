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
 * Whether contact information still counts. Of a channel without any date nobody knows how old it is: it has expired [A].
 *
 * @param now the register hand of the clock, in milliseconds since 1970
 */
export const isFresh = ({ updated, verified }: Dated, now: number): boolean =>
  Math.max(updated ?? Number.NEGATIVE_INFINITY, verified ?? Number.NEGATIVE_INFINITY) >=
  addDuration(now, LIFETIME);
