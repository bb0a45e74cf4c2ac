// Follows a journal by asking again and again: each exchange is told once, also one that is over after others that began later.
// The order is that of the journal: several emulators that have one together give numbers that are not in it.

/** How long an exchange is waited for after a later one was told, in milliseconds. */
const LATE = 5000;

interface Numbered {
  readonly id: string;
  readonly number: number;
}

export interface Following<Entry> {
  /** The number of the exchange that the next ones come after; undefined: nothing was looked at yet. */
  after(): number | undefined;
  /**
   * @param entries of a look, the newest first
   * @returns those that were not told before, the oldest first
   */
  news(entries: readonly Entry[]): readonly Entry[];
}

/** @param now a monotonic clock in milliseconds */
export const createFollowing = <Entry extends Numbered>(
  now: () => number = () => performance.now(),
): Following<Entry> => {
  /** The newest exchange at each of the last looks. */
  let looks: { readonly nth: number; readonly at: number; readonly newest: number }[] = [];
  let nth = 0;
  /** At which look each was told. */
  let told = new Map<string, number>();
  return {
    after: () => looks[0]?.newest,
    news: (entries) => {
      const at = now();
      // Also between the first ones that are told, some may not be over yet.
      if (looks.length === 0) looks.push({ nth, at, newest: entries.at(-1)?.number ?? 0 });
      nth += 1;
      looks.push({ nth, at, newest: entries[0]?.number ?? looks.at(-1)?.newest ?? 0 });
      const recent = looks.findIndex((look) => look.at >= at - LATE);
      looks = looks.slice(Math.max(0, recent - 1));
      const fresh = entries.filter(({ id }) => !told.has(id));
      for (const { id } of fresh) told.set(id, nth);
      // What was told at the look whose newest is asked after is not told again.
      told = new Map([...told].filter(([, look]) => look > (looks[0]?.nth ?? 0)));
      return fresh.toReversed();
    },
  };
};
