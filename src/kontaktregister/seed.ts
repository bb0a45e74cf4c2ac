// The first content of the register: persons, approved providers and relations from a seed file.

import { z } from 'zod';
import type { Sqlite } from '../store/open.ts';
import { personFromJson, personJson } from './json.ts';
import { createRights, type Rights } from './rights.ts';
import { createNorwegianStore, type NorwegianStore } from './store.ts';

const organisationNumber = z.string().regex(/^\d{9}$/, 'an organisation number of nine digits');

/** Providers and relations in JSON, as in a seed and over the control interface. */
export const organisationsJson = z.strictObject({
  providers: z.array(z.strictObject({ orgnr: organisationNumber, navn: z.string().default('') })),
  relations: z
    .array(
      z.strictObject({
        organisation: organisationNumber,
        onBehalfOf: organisationNumber,
        service: z.enum(['OPPSLAGSTJENESTEN', 'ENDRINGSTJENESTEN']),
      }),
    )
    .default([]),
});

/** A seed file. */
export const seedJson = organisationsJson.partial({ providers: true }).extend({
  persons: z.array(personJson).superRefine((persons, context) => {
    const seen = new Set<string>();
    for (const [index, { id }] of persons.entries()) {
      if (seen.has(id))
        context.addIssue({
          code: 'custom',
          path: [index, 'id'],
          message: 'this person is in the seed twice',
        });
      seen.add(id);
    }
  }),
});

export type Seed = z.output<typeof seedJson>;

/** The register without persons; the approved providers stay, since without them nothing could be done with it. */
export const withoutPersons = (seed: Seed): Seed => ({ ...seed, persons: [] });

const CONTRACT = 'kontaktregister';

interface Seeding {
  /** Whether the register was ever seeded; then it is never seeded again by itself. */
  done(): boolean;
  /** Adds what a seed holds to the register; all of it or nothing. */
  add(seed: Seed): void;
  /** Empties the register and fills it again, in one transaction. */
  restart(seed: Seed): void;
}

/** @param now the register hand of the clock, in milliseconds since 1970 */
const createSeeding = (
  database: Sqlite,
  store: NorwegianStore,
  rights: Rights,
  now: () => number,
): Seeding => {
  const mark = database.prepare('INSERT OR REPLACE INTO seeded VALUES (?, ?)');
  const marked = database.prepare('SELECT 1 FROM seeded WHERE contract = ?').pluck();
  const add = (seed: Seed): void => {
    for (const json of seed.persons) {
      const person = personFromJson(json, now());
      store.save({ id: person.id, cause: 'emulator' }, person);
    }
    if (seed.providers) rights.replace({ providers: seed.providers, relations: seed.relations });
  };
  return {
    done: () => marked.get(CONTRACT) !== undefined,
    add: database.transaction(add),
    restart: database.transaction((seed: Seed) => {
      store.clear();
      rights.replace({ providers: [], relations: [] });
      add(seed);
      mark.run(CONTRACT, now());
    }),
  };
};

/** Everything of the Norwegian register over one database. */
export const openNorwegianRegister = (database: Sqlite, now: () => number) => {
  const rights = createRights(database);
  const store = createNorwegianStore(database, now);
  return { rights, store, seeding: createSeeding(database, store, rights, now) };
};
