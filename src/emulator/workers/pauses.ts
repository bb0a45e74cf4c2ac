// When a process that ended is started again: at once, but not where one after the other ends soon after its start; and not for
// ever where they do not even begin.

/** Who lives as long does not count among those that ended soon, in milliseconds. */
const SOON = 10_000;
/** So many may end soon, one after the other, before the next has to wait. */
const SPARE = 3;
/** After so many the next one is not started any more, where this one did not begin. */
const MOST = 10;
const FIRST = 1000;
const LONGEST = 60_000;

/** What follows an end. */
export interface Next {
  /** In milliseconds; undefined: no other one is started. */
  readonly pause: number | undefined;
  /** Whether it is the first that has to wait, or after which no other one is started. */
  readonly first: boolean;
}

/**
 * @returns is told of each process that ended how long it lived, in milliseconds, and whether it had begun its work; one that
 *   had not counts among those that ended soon however long that took
 */
export const createPauses = (): ((lived: number, begun: boolean) => Next) => {
  let soon = 0;
  return (lived, begun) => {
    soon = lived < SOON || !begun ? soon + 1 : 0;
    const waiting = soon - SPARE;
    if (waiting <= 0) return { pause: 0, first: false };
    if (soon >= MOST && !begun) return { pause: undefined, first: soon === MOST };
    return { pause: Math.min(FIRST * 2 ** (waiting - 1), LONGEST), first: waiting === 1 };
  };
};
