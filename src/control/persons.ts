// The persons of a register: listed, shown, replaced and removed in the one form that every country's are managed in.

import { setImmediate } from 'node:timers/promises';
import type { PersonForm } from '../contract/administration.ts';
import { printIssue } from '../kernel/issue.ts';
import type { Page } from '../store/tables.ts';
import { type PersonsAsked, readPersons } from './asked.ts';
import { ControlError } from './problem.ts';
import type { Register } from './register.ts';

/** The persons of one country. */
export interface PersonAdministration<View> {
  /**
   * The list in pages, so that others are heard between them.
   *
   * @throws (rejects at the first page) ControlError when the cursor is nobody
   */
  list(asked: PersonsAsked): Promise<AsyncIterable<readonly View[]>>;
  get(id: string): Promise<View>;
  /** Keeps a person as a whole: what the body leaves out is gone. */
  put(id: string, body: unknown): Promise<View>;
  remove(id: string): Promise<void>;
  count(): Promise<number>;
}

/** How many persons a page has. */
const PAGE = 200;

/** A list that cannot go on: what it was a list of is gone. */
class ListBroken extends Error {}

/** Each page as it is when it is asked for: what others have changed since the one before is in it. */
const pagesOf = async function* <View>(
  { page }: PersonForm<View>,
  register: Register,
  limit: number,
  cursor: string | undefined,
): AsyncGenerator<readonly View[]> {
  let after: string | number | undefined = cursor;
  let began: number | undefined;
  for (let left = limit; left > 0; ) {
    const most = Math.min(PAGE, left);
    const { states, place, emptied }: Page<View> = await register.read(page(most, after));
    began ??= emptied;
    if (emptied !== began) throw new ListBroken('the register was emptied while it was listed');
    if (states.length > 0) yield states;
    if (states.length < most) return;
    left -= states.length;
    after = place;
    await setImmediate();
  }
};

/** All pages of a list. */
export const wholeList = async <View>(
  pages: AsyncIterable<readonly View[]> | Promise<AsyncIterable<readonly View[]>>,
): Promise<View[]> => {
  const views: View[] = [];
  for await (const page of await pages) views.push(...page);
  return views;
};

export const administerPersons = <View>(
  form: PersonForm<View>,
  register: Register,
): PersonAdministration<View> => {
  const { word } = form;
  const missing = (id: string): ControlError =>
    new ControlError(404, `there is no ${word} ${id} in the register`);
  return {
    count: () => register.read(form.count()),
    list: async (asked) => {
      const { cursor } = asked;
      const limit = readPersons(asked) ?? Number.POSITIVE_INFINITY;
      // A former number finds a citizen, but is no place in the list.
      if (cursor !== undefined && (await register.read(form.find(cursor)))?.id !== cursor)
        throw new ControlError(400, `cursor: there is no ${word} ${cursor}`);
      return pagesOf(form, register, limit, cursor);
    },
    get: async (id) => {
      const found = await register.read(form.find(id));
      if (!found) throw missing(id);
      return found.view;
    },
    put: async (id, body) => {
      register.check();
      const whole = typeof body === 'object' && !Array.isArray(body) ? { id, ...body } : body;
      const read = form.put(whole);
      if ('issue' in read) throw new ControlError(400, `${word} ${id}: ${printIssue(read.issue)}`);
      if (read.value.id !== id)
        throw new ControlError(400, `the body is about ${read.value.id}, the address about ${id}`);
      return register.change(read.value.work, `${word} ${id}: ${form.taken}`);
    },
    remove: async (id) => {
      if (!(await register.change(form.remove(id)))) throw missing(id);
    },
  };
};
