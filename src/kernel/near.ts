// A name that nobody knows: which known one was probably meant.

const FARTHEST = 2;
const LONGEST = 200;

/** How many letters must be put in, left out or replaced to make one word of the other; more than `limit` counts as `limit + 1`. */
const distance = (left: string, right: string, limit: number): number => {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let before = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...left].entries()) {
    const line = [row + 1];
    for (let column = 1; column <= right.length; column += 1) {
      const replaced = (before[column - 1] ?? 0) + (letter === right[column - 1] ? 0 : 1);
      line.push(Math.min(replaced, (before[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    before = line;
  }
  return Math.min(before[right.length] ?? 0, limit + 1);
};

/**
 * The known name nearest to another: the same but for capitals, or at most two letters away.
 *
 * @returns undefined when none is near enough to be meant; two letters make another word of a short one
 */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  if (name.length > LONGEST) return undefined;
  const lower = name.toLowerCase();
  const same = known.find((one) => one.toLowerCase() === lower);
  if (same !== undefined) return same;
  const limit = name.length < 2 * FARTHEST + 1 ? 1 : FARTHEST;
  const measured = known.map((one) => ({ one, far: distance(lower, one.toLowerCase(), limit) }));
  const [first] = measured.filter(({ far }) => far <= limit).sort((left, right) => left.far - right.far);
  return first?.one;
};
