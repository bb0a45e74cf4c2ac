// The Norwegian register over the control interface: persons and organisations.

import { firstIssue } from '../kernel/issue.ts';
import { isProblem } from '../kernel/problem.ts';
import { personFromJson, personJson, personToJson } from '../kontaktregister/json.ts';
import type { Rights } from '../kontaktregister/rights.ts';
import { organisationsJson } from '../kontaktregister/seed.ts';
import type { NorwegianStore } from '../kontaktregister/store.ts';
import { ControlError } from './problem.ts';

/** The content of one country's register, as the control interface reaches it. */
export interface PersonAdministration {
  list(limit: number | undefined, cursor: string | undefined): unknown[];
  get(id: string): unknown;
  put(id: string, body: unknown): unknown;
  remove(id: string): void;
}

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const administerPersons = (store: NorwegianStore, now: () => number): PersonAdministration => {
  const missing = (id: string): ControlError =>
    new ControlError(404, `there is no person ${id} in the register`);
  return {
    list: (limit, cursor) => {
      if (cursor !== undefined && !store.load(cursor))
        throw new ControlError(400, `cursor: there is no person ${cursor}`);
      return store.list(limit, cursor).map(personToJson);
    },
    get: (id) => {
      const person = store.load(id);
      if (!person) throw missing(id);
      return personToJson(person);
    },
    put: (id, body) => {
      const parsed = personJson.safeParse(
        typeof body === 'object' && !Array.isArray(body) ? { id, ...body } : body,
      );
      if (!parsed.success) throw new ControlError(400, `person ${id}: ${firstIssue(parsed.error)}`);
      if (parsed.data.id !== id)
        throw new ControlError(400, `the body is about ${parsed.data.id}, the address about ${id}`);
      const next = personFromJson(parsed.data, now());
      const done = store.change({ id, cause: 'emulator' }, () => ({ result: next, next }));
      if (isProblem(done)) throw new ControlError(500, done.explanation.found);
      return personToJson(next);
    },
    remove: (id) => {
      if (!store.remove(id)) throw missing(id);
    },
  };
};

export const replaceOrganisations = (rights: Rights, body: unknown): void => {
  const parsed = organisationsJson.safeParse(body);
  if (!parsed.success) throw new ControlError(400, `organisations: ${firstIssue(parsed.error)}`);
  rights.replace(parsed.data);
};
