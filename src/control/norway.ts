// What the switches reach of the Norwegian register: its persons and organisations, in the forms of its seeds.

import { isProblem } from '../kernel/problem.ts';
import { personFromJson, personJson, personToJson } from '../kontaktregister/register/json.ts';
import type { Organisations, Rights } from '../kontaktregister/register/organisations.ts';
import { organisationsJson } from '../kontaktregister/register/seed.ts';
import type { NorwegianStore } from '../kontaktregister/register/store.ts';
import type { Alone } from './alone.ts';
import { administerOrganisations, type OrganisationAdministration } from './organisations.ts';
import { administerPersons, type PersonAdministration } from './persons.ts';
import { notTaken } from './problem.ts';

/** The Norwegian register. */
export interface NorwegianParts {
  readonly store: NorwegianStore;
  readonly rights: Rights;
}

export interface NorwegianControl {
  readonly persons: PersonAdministration<ReturnType<typeof personToJson>>;
  readonly organisations: OrganisationAdministration<Organisations>;
}

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const controlNorway = (
  { store, rights }: NorwegianParts,
  now: () => number,
  alone: Alone,
): NorwegianControl => ({
  persons: administerPersons(
    {
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
    },
    alone,
  ),
  organisations: administerOrganisations({ schema: organisationsJson, rights }, alone),
});
