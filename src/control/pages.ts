// Long lists of a register, page by page: others are heard between two pages.

import { setImmediate } from 'node:timers/promises';
import type { Query } from '../store/engine.ts';
import type { Page } from '../store/tables.ts';
import type { Register } from './register.ts';

/** A list that cannot go on: what it was a list of is gone. */
class ListBroken extends Error {}

/** Which part of a list, and how many rows are read at once. */
export interface Part {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly size: number;
}

/** Each page as it is when it is asked for: what others have changed since the one before is in it. */
export const pagesOf = async function* <Row>(
  page: (limit: number, after?: string | number) => Query<Page<Row>>,
  register: Register,
  { limit, cursor, size }: Part,
): AsyncGenerator<readonly Row[]> {
  let after: string | number | undefined = cursor;
  let began: number | undefined;
  for (let left = limit; left > 0; ) {
    const most = Math.min(size, left);
    const { states, place, emptied }: Page<Row> = await register.read(page(most, after));
    began ??= emptied;
    if (emptied !== began) throw new ListBroken('the register was emptied while it was listed');
    if (states.length > 0) yield states;
    if (states.length < most) return;
    left -= states.length;
    after = place;
    await setImmediate();
  }
};
