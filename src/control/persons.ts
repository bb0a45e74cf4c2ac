// The persons of a register: listed, shown, replaced and removed in the one form that every country's are managed in.

import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import type { Alone } from './alone.ts';
import { type PersonsAsked, readPersons } from './asked.ts';
import { readBody } from './body.ts';
import { ControlError } from './problem.ts';

/** The persons of one country. */
export interface PersonAdministration<View> {
  /**
   * The list in pages, so that others are heard between them.
   *
   * @throws ControlError at once when the cursor is nobody
   */
  list(asked: PersonsAsked): AsyncIterable<readonly View[]>;
  get(id: string): View;
  /** Keeps a person as a whole: what the body leaves out is gone. */
  put(id: string, body: unknown): View;
  remove(id: string): void;
}

/** What a register brings along: the JSON of its persons, and how they are found and kept. */
export interface PersonForm<
  Json extends { readonly id: string },
  Person extends { readonly id: string },
  View,
> {
  /** What the register calls a person, for errors. */
  readonly word: string;
  readonly schema: z.ZodType<Json>;
  pages(limit: number | undefined, after: string | undefined): Iterable<readonly Person[]>;
  find(id: string): Person | undefined;
  /** @throws ControlError when it cannot be kept */
  keep(json: Json): Person;
  remove(id: string): boolean;
  view(person: Person): View;
}

/** Each page as it is when it is asked for: what others have changed since the one before is in it. */
const inTurns = async function* <Person, View>(
  pages: Iterable<readonly Person[]>,
  view: (person: Person) => View,
  { reading }: Alone,
): AsyncGenerator<readonly View[]> {
  const iterator = pages[Symbol.iterator]();
  for (;;) {
    const { done, value } = reading(() => iterator.next());
    if (done) return;
    yield value.map(view);
    await setImmediate();
  }
};

/** All pages of a list. */
export const wholeList = async <View>(pages: AsyncIterable<readonly View[]>): Promise<View[]> => {
  const views: View[] = [];
  for await (const page of pages) views.push(...page);
  return views;
};

export const administerPersons = <
  Json extends { readonly id: string },
  Person extends { readonly id: string },
  View,
>(
  form: PersonForm<Json, Person, View>,
  alone: Alone,
): PersonAdministration<View> => {
  const { word, schema, find, view } = form;
  const missing = (id: string): ControlError =>
    new ControlError(404, `there is no ${word} ${id} in the register`);
  return {
    list: (asked) =>
      alone.reading(() => {
        const { cursor } = asked;
        const limit = readPersons(asked);
        // A former number finds a citizen, but is no place in the list.
        if (cursor !== undefined && find(cursor)?.id !== cursor)
          throw new ControlError(400, `cursor: there is no ${word} ${cursor}`);
        return inTurns(form.pages(limit, cursor), view, alone);
      }),
    get: (id) =>
      alone.reading(() => {
        const person = find(id);
        if (!person) throw missing(id);
        return view(person);
      }),
    put: (id, body) =>
      alone.changing(() => {
        const whole = typeof body === 'object' && !Array.isArray(body) ? { id, ...body } : body;
        const json = readBody(schema, whole, `${word} ${id}`);
        if (json.id !== id)
          throw new ControlError(400, `the body is about ${json.id}, the address about ${id}`);
        return view(form.keep(json));
      }),
    remove: (id) =>
      alone.changing(() => {
        if (!form.remove(id)) throw missing(id);
      }),
  };
};
