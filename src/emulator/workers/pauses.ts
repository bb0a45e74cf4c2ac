// When a process that ended is started again: at once, but not where one after the other ends soon after its start.

/** Who lives as long does not count among those that ended soon, in milliseconds. */
const SOON = 10_000;
/** So many may end soon, one after the other, before the next has to wait. */
const SPARE = 3;
const FIRST = 1000;
const LONGEST = 60_000;

/** What follows an end. */
export interface Next {
  /** In milliseconds. */
  readonly pause: number;
  /** Whether it is the first that has to wait. */
  readonly first: boolean;
}

/** @returns is told how long each process lived that ended, in milliseconds */
export const createPauses = (): ((lived: number) => Next) => {
  let soon = 0;
  return (lived) => {
    soon = lived < SOON ? soon + 1 : 0;
    const waiting = soon - SPARE;
    if (waiting <= 0) return { pause: 0, first: false };
    return { pause: Math.min(FIRST * 2 ** (waiting - 1), LONGEST), first: waiting === 1 };
  };
};
