// The name that somebody probably meant.

/** How many single letters must be put in, taken out or replaced to turn one text into the other (Levenshtein). */
const distance = (left: string, right: string): number => {
  let row = [...Array(right.length + 1).keys()];
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
};

/** Longer names are nobody's slip of the keyboard. */
const LONGEST = 100;

/** The nearest of the known names: the same but for capitals, or a few letters away; undefined: none is near. */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  if (name.length > LONGEST) return undefined;
  const wanted = name.toLowerCase();
  const allowed = Math.min(3, Math.floor(wanted.length / 3));
  const near = known
    .map((one) => ({ one, away: distance(wanted, one.toLowerCase()) }))
    .filter(({ away }) => away <= allowed)
    .sort((left, right) => left.away - right.away);
  return near[0]?.one;
};

/** What to tell of a name that is not known: the one that was probably meant, by its beginning too, or all of them. */
export const meantBy = (name: string, known: readonly string[]): string => {
  const wanted = name.toLowerCase();
  const begun = known.filter((one) => wanted !== '' && one.toLowerCase().startsWith(wanted));
  const near = nearest(name, known) ?? (begun.length === 1 ? begun[0] : undefined);
  return near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`;
};
