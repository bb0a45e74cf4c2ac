// The first content of the Danish register: citizens, organisations and who may act for whom.

import * as z from 'zod';
import type { Origin } from '../../kernel/grounds.ts';
import { list } from '../../kernel/issue.ts';
import { seedList } from '../../kernel/seed-list.ts';
import type { Engine, Write } from '../../store/engine.ts';
import { emptied, value } from '../../store/tables.ts';
import { brought } from './history.ts';
import { citizenFromJson, citizenJson } from './json.ts';
import { accesses, outbox, requestIds } from './logs.ts';
import { organisations as lists } from './organisations.ts';
import { citizens, keepCitizen } from './store.ts';

const cvr = z.string().regex(/^\d{8}$/, 'a CVR number of eight digits');

const organisations = list(
  z.strictObject({ type: z.number().int(), code: z.string(), name: z.string().default(''), cvr }),
).superRefine((rows, context) => {
  const seen = new Set<string>();
  for (const [index, { type, code }] of rows.entries()) {
    if (seen.has(`${type} ${code}`))
      context.addIssue({
        code: 'custom',
        path: [index, 'code'],
        message: `organisation ${code} of type ${type} is there twice`,
      });
    seen.add(`${type} ${code}`);
  }
});

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

/** When the register was seeded; 0: never. It is never seeded again by itself. */
export const seeded = value('dk_seeded', 0);

const organisationsIn = (seed: DanishSeed, engine: Pick<Engine, 'value'>, by: Origin): Write[] => {
  if ((seed.organisations ?? seed.relations) === undefined) return [];
  const before = lists.current(engine);
  return [
    lists.put(
      {
        organisations: seed.organisations ?? before.organisations,
        relations: seed.relations ?? before.relations,
      },
      by,
    ),
  ];
};

/**
 * What puts a seed into the register: what it does not name stays.
 *
 * @param now the register hand of the clock, in milliseconds since 1970
 */
export const seedWrites = (
  seed: DanishSeed,
  engine: Pick<Engine, 'value'>,
  now: number,
): readonly Write[] => {
  const by = { at: now, means: 'seed' };
  return [
    ...(seed.citizens ?? []).flatMap((json) => keepCitizen(brought(citizenFromJson(json), by), now)),
    ...organisationsIn(seed, engine, by),
  ];
};

/** What takes everything out but the organisations. */
export const clearing: readonly Write[] = [citizens, outbox, accesses, requestIds].map(emptied);
