// The first content of the Danish register: citizens, organisations and who may act for whom.

import { z } from 'zod';
import type { Sqlite } from '../store/open.ts';
import { citizenFromJson, citizenJson } from './json.ts';
import { createDanishLogs } from './logs.ts';
import { createDanishRights, type DanishRights } from './rights.ts';
import { createDanishStore, type DanishStore } from './store.ts';

const cvr = z.string().regex(/^\d{8}$/, 'a CVR number of eight digits');

/** Organisations and relations in JSON, as in a seed and over the control interface. */
export const danishOrganisationsJson = z.strictObject({
  organisations: z.array(
    z.strictObject({ type: z.number().int(), code: z.string(), name: z.string().default(''), cvr }),
  ),
  relations: z.array(z.strictObject({ cvr, type: z.number().int(), code: z.string() })).default([]),
});

/** Numbers that may belong to one citizen only. */
const UNIQUE = ['id', 'cvCustomerIdentifier', 'tidligereId'] as const;

const checkUnique = (citizens: readonly z.output<typeof citizenJson>[], context: z.RefinementCtx): void => {
  for (const member of UNIQUE) {
    const seen = new Set<string>();
    for (const [index, { [member]: number }] of citizens.entries()) {
      if (number === null) continue;
      if (seen.has(number))
        context.addIssue({
          code: 'custom',
          path: [index, member],
          message: 'this number is in the seed twice',
        });
      seen.add(number);
    }
  }
};

/** A seed file. */
export const danishSeedJson = danishOrganisationsJson
  .partial({ organisations: true })
  .extend({ citizens: z.array(citizenJson).superRefine(checkUnique) });

export type DanishSeed = z.output<typeof danishSeedJson>;

/** The register without citizens; the organisations stay, since without them nothing could be done with it. */
export const withoutCitizens = (seed: DanishSeed): DanishSeed => ({ ...seed, citizens: [] });

const CONTRACT = 'dfdg';

interface Seeding {
  /** Whether the register was ever seeded; then it is never seeded again by itself. */
  done(): boolean;
  /** Adds what a seed holds to the register; all of it or nothing. */
  add(seed: DanishSeed): void;
  /** Empties the register and fills it again, in one transaction. */
  restart(seed: DanishSeed): void;
}

const createSeeding = (
  database: Sqlite,
  store: DanishStore,
  rights: DanishRights,
  now: () => number,
): Seeding => {
  const mark = database.prepare('INSERT OR REPLACE INTO seeded VALUES (?, ?)');
  const marked = database.prepare('SELECT 1 FROM seeded WHERE contract = ?').pluck();
  const add = (seed: DanishSeed): void => {
    for (const json of seed.citizens) store.save({ cpr: json.id }, citizenFromJson(json));
    if (seed.organisations) rights.replace({ organisations: seed.organisations, relations: seed.relations });
  };
  return {
    done: (): boolean => marked.get(CONTRACT) !== undefined,
    add: database.transaction(add),
    restart: database.transaction((seed: DanishSeed) => {
      store.clear();
      rights.replace({ organisations: [], relations: [] });
      add(seed);
      mark.run(CONTRACT, now());
    }),
  };
};

/** Everything of the Danish register over one database. */
export const openDanishRegister = (database: Sqlite, now: () => number) => {
  const rights = createDanishRights(database);
  const store = createDanishStore(database, now);
  const logs = createDanishLogs(database, now);
  return { rights, store, logs, seeding: createSeeding(database, store, rights, now) };
};
