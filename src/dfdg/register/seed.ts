// The first content of the Danish register: citizens, organisations and who may act for whom.

import * as z from 'zod';
import { list } from '../../kernel/issue.ts';
import { createSeeding, seedList } from '../../store/seeding.ts';
import type { Sqlite } from '../../store/sqlite.ts';
import { citizenFromJson, citizenJson } from './json.ts';
import { createDanishLogs, type LogLimits, unlimited } from './logs.ts';
import { createDanishRights } from './organisations.ts';
import { createDanishStore } from './store.ts';

const cvr = z.string().regex(/^\d{8}$/, 'a CVR number of eight digits');

const organisations = list(
  z.strictObject({ type: z.number().int(), code: z.string(), name: z.string().default(''), cvr }),
);

/** Which CVR number may act for which organisation. */
export const danishRelationJson = z.strictObject({ cvr, type: z.number().int(), code: z.string() });

/** Organisations and relations in JSON, as over the control interface. */
export const danishOrganisationsJson = z.strictObject({
  organisations,
  relations: list(danishRelationJson).default([]),
});

/** The Danish part of a seed: lists, each of which may be left out. */
export const danishSeedJson = z
  .strictObject({
    citizens: seedList(citizenJson, ['id', 'cvCustomerIdentifier', 'tidligereId']),
    organisations,
    relations: list(danishRelationJson),
  })
  .partial();

export type DanishSeed = z.output<typeof danishSeedJson>;

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
    store: {
      removeSome: store.removeSome,
      clear: () => {
        store.clear();
        logs.clear();
      },
    },
    add: ({ citizens = [], ...named }) => {
      for (const json of citizens) store.save({ cpr: json.id }, citizenFromJson(json));
      if (named.organisations ?? named.relations) {
        const { organisations, relations } = rights.list();
        rights.replace({
          organisations: named.organisations ?? organisations,
          relations: named.relations ?? relations,
        });
      }
    },
  });
  return { rights, store, logs, seeding };
};
