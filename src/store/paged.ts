// Long lists, page by page: whoever reads one lets others come between the pages.

/** How many rows a page has, and how many are removed at once. */
export const PAGE = 200;

/** A row with its place in the order of the list. */
interface Placed<Row> {
  readonly place: number;
  readonly value: Row;
}

interface Source<Row> {
  placeOf(id: string): number | undefined;
  /** At most so many rows after a place, in their order. */
  page(after: number, most: number): readonly Placed<Row>[];
}

/** A list that cannot go on: what it was a list of is gone. */
class ListBroken extends Error {}

/** Makes the pages of a list; a page begins where the one before ended, whatever became of the rows between. */
export const paged = <Row>({ placeOf, page }: Source<Row>) => {
  let ended = 0;
  return {
    /** @param after the id of the last row already seen; unknown or left out: from the beginning */
    from: function* (limit = Number.POSITIVE_INFINITY, after?: string): Generator<Row[]> {
      const began = ended;
      let place = after === undefined ? 0 : (placeOf(after) ?? 0);
      for (let left = limit; left > 0; ) {
        if (ended !== began) throw new ListBroken('the register was emptied while it was listed');
        const most = Math.min(PAGE, left);
        const rows = page(place, most);
        if (rows.length > 0) yield rows.map(({ value }) => value);
        if (rows.length < most) return;
        left -= rows.length;
        place = rows.at(-1)?.place ?? place;
      }
    },
    /** Says that the rows of lists that are being read are gone: places are given out anew. */
    end: (): void => {
      ended += 1;
    },
  };
};
