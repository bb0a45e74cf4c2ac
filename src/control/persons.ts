// The persons of a register: listed, shown, replaced and removed in the one form that every country's are managed in.

import type { PersonForm } from '../contract/administration.ts';
import type { Change } from '../contract/history.ts';
import { printIssue } from '../kernel/issue.ts';
import { type PersonsAsked, readPersons } from './asked.ts';
import { pagesOf } from './pages.ts';
import { ControlError } from './problem.ts';
import type { Register } from './register.ts';

/** A change, with the register’s time in ISO 8601. */
export type ChangeView = Omit<Change, 'at'> & { readonly at: string };

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
  /**
   * What brought a person about, the latest first: as a whole, and of each part the last change.
   *
   * @throws (rejects) ControlError when there is nobody with this number
   */
  changes(id: string): Promise<readonly ChangeView[]>;
  count(): Promise<number>;
}

/** How many persons a page has. */
const PAGE = 200;

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
      return pagesOf(form.page, register, { limit, cursor, size: PAGE });
    },
    get: async (id) => {
      const found = await register.read(form.find(id));
      if (!found) throw missing(id);
      return found.view;
    },
    changes: async (id) => {
      const found = await register.read(form.changes(id));
      if (!found) throw missing(id);
      return found.map(({ at, ...change }) => ({ ...change, at: new Date(at).toISOString() }));
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
