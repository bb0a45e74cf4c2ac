// The Norwegian register over the control interface: persons and organisations.

import { isProblem } from '../kernel/problem.ts';
import { personFromJson, personJson, personToJson } from '../kontaktregister/json.ts';
import type { Rights } from '../kontaktregister/rights.ts';
import { organisationsJson } from '../kontaktregister/seed.ts';
import type { NorwegianStore } from '../kontaktregister/store.ts';
import { notTaken } from './problem.ts';
import { administer, type PersonAdministration, readBody } from './register.ts';

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const administerPersons = (store: NorwegianStore, now: () => number): PersonAdministration =>
  administer({
    word: 'person',
    schema: personJson,
    pages: store.pages,
    find: store.load,
    keep: (json) => {
      const next = personFromJson(json, now());
      const done = store.change({ id: next.id, cause: 'emulator' }, () => ({ result: next, next }));
      if (isProblem(done)) throw notTaken(done);
      return done;
    },
    remove: store.remove,
    view: personToJson,
  });

export const replaceOrganisations = (rights: Rights, body: unknown): void =>
  rights.replace(readBody(organisationsJson, body, 'organisations'));
