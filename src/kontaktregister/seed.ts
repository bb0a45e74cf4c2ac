// The first content of the register: persons, approved providers and relations from a seed file.

import { z } from 'zod';
import { list } from '../kernel/issue.ts';
import type { Sqlite } from '../store/open.ts';
import { createSeeding, seedList } from '../store/seeding.ts';
import { personFromJson, personJson } from './json.ts';
import { createRights } from './rights.ts';
import { createNorwegianStore } from './store.ts';

const organisationNumber = z.string().regex(/^\d{9}$/, 'an organisation number of nine digits');

/** Providers and relations in JSON, as in a seed and over the control interface. */
export const organisationsJson = z.strictObject({
  providers: list(z.strictObject({ orgnr: organisationNumber, navn: z.string().default('') })),
  relations: list(
    z.strictObject({
      organisation: organisationNumber,
      onBehalfOf: organisationNumber,
      service: z.enum(['OPPSLAGSTJENESTEN', 'ENDRINGSTJENESTEN']),
    }),
  ).default([]),
});

/** A seed file. */
export const seedJson = organisationsJson
  .partial({ providers: true })
  .extend({ persons: seedList(personJson, ['id']) });

export type Seed = z.output<typeof seedJson>;

/** The register without persons; the approved providers stay, since without them nothing could be done with it. */
export const withoutPersons = (seed: Seed): Seed => ({ ...seed, persons: [] });

/**
 * Everything of the Norwegian register over one database.
 *
 * @param now the register hand of the clock, in milliseconds since 1970
 */
export const openNorwegianRegister = (database: Sqlite, now: () => number) => {
  const rights = createRights(database);
  const store = createNorwegianStore(database, now);
  const seeding = createSeeding<Seed>(database, now, {
    contract: 'kontaktregister',
    clear: () => {
      store.clear();
      rights.replace({ providers: [], relations: [] });
    },
    add: ({ persons, providers, relations }) => {
      for (const json of persons) {
        const person = personFromJson(json, now());
        store.save({ id: person.id, cause: 'emulator' }, person);
      }
      if (providers) rights.replace({ providers, relations });
    },
  });
  return { rights, store, seeding };
};
