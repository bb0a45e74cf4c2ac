// The order of exchanges in a list, the newest on top. Numbers tell it for one emulator; several that have one journal each
// give numbers of their own, and what came later is newer.

interface Ordered {
  /** Of the emulator since its start, a hyphen, and the number. */
  readonly id: string;
  readonly number: number;
}

const sessionOf = ({ id }: Ordered): string => id.slice(0, id.lastIndexOf('-'));

/** After all of the same emulator that began later. */
const placeOf = (one: Ordered, all: readonly Ordered[]): number => {
  const session = sessionOf(one);
  let place = 0;
  for (const [index, other] of all.entries()) {
    if (sessionOf(other) !== session) continue;
    if (other.number < one.number) break;
    place = index + 1;
  }
  return place;
};

/**
 * Puts exchanges into a list.
 *
 * @param more newest first, as the list is; those that it has already are left out
 */
export const onTop = <Exchange extends Ordered>(
  more: readonly Exchange[],
  all: readonly Exchange[],
  most: number,
): readonly Exchange[] => {
  const list = [...all];
  const known = new Set(all.map(({ id }) => id));
  for (const one of more.toReversed()) {
    if (known.has(one.id)) continue;
    known.add(one.id);
    list.splice(placeOf(one, list), 0, one);
  }
  return list.slice(0, most);
};
