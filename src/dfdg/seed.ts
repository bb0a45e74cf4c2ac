// The first content of the Danish register: citizens, organisations and who may act for whom.

import { z } from 'zod';
import { list } from '../kernel/issue.ts';
import type { Sqlite } from '../store/open.ts';
import { createSeeding, seedList } from '../store/seeding.ts';
import { citizenFromJson, citizenJson } from './json.ts';
import { createDanishLogs, type LogLimits, unlimited } from './logs.ts';
import { createDanishRights } from './rights.ts';
import { createDanishStore } from './store.ts';

const cvr = z.string().regex(/^\d{8}$/, 'a CVR number of eight digits');

/** Organisations and relations in JSON, as in a seed and over the control interface. */
export const danishOrganisationsJson = z.strictObject({
  organisations: list(
    z.strictObject({ type: z.number().int(), code: z.string(), name: z.string().default(''), cvr }),
  ),
  relations: list(z.strictObject({ cvr, type: z.number().int(), code: z.string() })).default([]),
});

/** A seed file. */
export const danishSeedJson = danishOrganisationsJson
  .partial({ organisations: true })
  .extend({ citizens: seedList(citizenJson, ['id', 'cvCustomerIdentifier', 'tidligereId']) });

export type DanishSeed = z.output<typeof danishSeedJson>;

/** The register without citizens; the organisations stay, since without them nothing could be done with it. */
export const withoutCitizens = (seed: DanishSeed): DanishSeed => ({ ...seed, citizens: [] });

/**
 * Everything of the Danish register over one database.
 *
 * @param now the register hand of the clock, in milliseconds since 1970
 * @throws DataDirectoryError when the disk refuses what an upgrade has to write
 */
export const openDanishRegister = (database: Sqlite, now: () => number, limits: LogLimits = unlimited) => {
  const rights = createDanishRights(database);
  const logs = createDanishLogs(database, now, limits);
  const store = createDanishStore(database, logs.send);
  const seeding = createSeeding<DanishSeed>(database, now, {
    contract: 'dfdg',
    clear: () => {
      store.clear();
      logs.clear();
      rights.replace({ organisations: [], relations: [] });
    },
    add: ({ citizens, organisations, relations }) => {
      for (const json of citizens) store.save({ cpr: json.id }, citizenFromJson(json));
      if (organisations) rights.replace({ organisations, relations });
    },
  });
  return { rights, store, logs, seeding };
};
