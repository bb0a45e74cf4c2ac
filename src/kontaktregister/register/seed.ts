// The first content of the register: persons, approved providers and relations from a seed file.

import * as z from 'zod';
import { list } from '../../kernel/issue.ts';
import { createSeeding, seedList } from '../../store/seeding.ts';
import type { Sqlite } from '../../store/sqlite.ts';
import { personFromJson, personJson } from './json.ts';
import { createRights } from './organisations.ts';
import { createNorwegianStore } from './store.ts';

const organisationNumber = z.string().regex(/^\d{9}$/, 'an organisation number of nine digits');

const providers = list(z.strictObject({ orgnr: organisationNumber, navn: z.string().default('') }));

/** Who may look citizens up on whose behalf. */
export const relationJson = z.strictObject({
  organisation: organisationNumber,
  onBehalfOf: organisationNumber,
  service: z.enum(['OPPSLAGSTJENESTEN', 'ENDRINGSTJENESTEN']),
});

/** Providers and relations in JSON, as over the control interface. */
export const organisationsJson = z.strictObject({ providers, relations: list(relationJson).default([]) });

/** The Norwegian part of a seed: lists, each of which may be left out. */
export const seedJson = z
  .strictObject({
    persons: seedList(personJson, ['id']),
    providers,
    relations: list(relationJson),
  })
  .partial();

export type Seed = z.output<typeof seedJson>;

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
    store,
    add: ({ persons = [], ...named }) => {
      for (const json of persons) {
        const person = personFromJson(json, now());
        store.save({ id: person.id, cause: 'emulator' }, person);
      }
      if (named.providers ?? named.relations) {
        const { providers, relations } = rights.list();
        rights.replace({
          providers: named.providers ?? providers,
          relations: named.relations ?? relations,
        });
      }
    },
  });
  return { rights, store, seeding };
};
