// The content of a register over the control interface: the one form that persons of every country are managed in.

import type { z } from 'zod';
import { check, printIssue } from '../kernel/issue.ts';
import { ControlError } from './problem.ts';

/** The content of one country's register, as the control interface reaches it. */
export interface PersonAdministration {
  /**
   * The list in pages, so that others are heard between them.
   *
   * @throws ControlError at once when the cursor is nobody
   */
  list(limit: number | undefined, cursor: string | undefined): Iterable<readonly unknown[]>;
  get(id: string): unknown;
  put(id: string, body: unknown): unknown;
  remove(id: string): void;
}

/** What a register brings along: the JSON of its persons, and how they are found and kept. */
export interface PersonForm<Json extends { readonly id: string }, Person extends { readonly id: string }> {
  /** What the register calls a person, for errors. */
  readonly word: string;
  readonly schema: z.ZodType<Json>;
  pages(limit: number | undefined, after: string | undefined): Iterable<readonly Person[]>;
  find(id: string): Person | undefined;
  /** @throws ControlError when it cannot be kept */
  keep(json: Json): Person;
  remove(id: string): boolean;
  view(person: Person): unknown;
}

/** Reads a body of the control interface. */
export const readBody = <Json>(schema: z.ZodType<Json>, body: unknown, what: string): Json => {
  const checked = check(schema, body);
  if ('issue' in checked) throw new ControlError(400, `${what}: ${printIssue(checked.issue)}`);
  return checked.value;
};

export const administer = <Json extends { readonly id: string }, Person extends { readonly id: string }>(
  form: PersonForm<Json, Person>,
): PersonAdministration => {
  const { word, schema, find, view } = form;
  const viewed = function* (pages: Iterable<readonly Person[]>): Generator<readonly unknown[]> {
    for (const page of pages) yield page.map(view);
  };
  const missing = (id: string): ControlError =>
    new ControlError(404, `there is no ${word} ${id} in the register`);
  return {
    list: (limit, cursor) => {
      // A former number finds a citizen, but is no place in the list.
      if (cursor !== undefined && find(cursor)?.id !== cursor)
        throw new ControlError(400, `cursor: there is no ${word} ${cursor}`);
      return viewed(form.pages(limit, cursor));
    },
    get: (id) => {
      const person = find(id);
      if (!person) throw missing(id);
      return view(person);
    },
    put: (id, body) => {
      const whole = typeof body === 'object' && !Array.isArray(body) ? { id, ...body } : body;
      const json = readBody(schema, whole, `${word} ${id}`);
      if (json.id !== id)
        throw new ControlError(400, `the body is about ${json.id}, the address about ${id}`);
      return view(form.keep(json));
    },
    remove: (id) => {
      if (!form.remove(id)) throw missing(id);
    },
  };
};
