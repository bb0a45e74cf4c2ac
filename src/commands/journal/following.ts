// Follows a journal by asking again and again: each exchange is told once, also one that is over after others that began later.

/** How long an exchange is waited for after one with a higher number was told, in milliseconds. */
const LATE = 5000;

interface Numbered {
  readonly id: string;
  readonly number: number;
}

export interface Following<Entry> {
  /** The number that the next exchanges come after; undefined: nothing was looked at yet. */
  after(): number | undefined;
  /** @returns those of a look that were not told before, in the order of their numbers */
  news(entries: readonly Entry[]): readonly Entry[];
}

/** @param now a monotonic clock in milliseconds */
export const createFollowing = <Entry extends Numbered>(
  now: () => number = () => performance.now(),
): Following<Entry> => {
  /** The highest number at each of the last looks. */
  let looks: { readonly at: number; readonly highest: number }[] = [];
  let told = new Map<string, number>();
  const after = (): number | undefined => looks[0]?.highest;
  return {
    after,
    news: (entries) => {
      const at = now();
      const numbers = entries.map(({ number }) => number);
      // Also between the first ones that are told, some may not be over yet.
      if (looks.length === 0) looks.push({ at, highest: numbers.length > 0 ? Math.min(...numbers) - 1 : 0 });
      looks.push({ at, highest: Math.max(looks.at(-1)?.highest ?? 0, ...numbers) });
      const recent = looks.findIndex((look) => look.at >= at - LATE);
      looks = looks.slice(Math.max(0, recent - 1));
      const fresh = entries.filter(({ id }) => !told.has(id));
      for (const { id, number } of fresh) told.set(id, number);
      told = new Map([...told].filter(([, number]) => number > (after() ?? 0)));
      return fresh.toSorted((one, other) => one.number - other.number);
    },
  };
};
