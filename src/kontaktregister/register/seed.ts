// The first content of the register: persons, approved providers and relations from a seed file.

import * as z from 'zod';
import type { Origin } from '../../kernel/grounds.ts';
import { list } from '../../kernel/issue.ts';
import { seedList } from '../../kernel/seed-list.ts';
import type { Engine, Write } from '../../store/engine.ts';
import { emptied, value } from '../../store/tables.ts';
import { brought } from './history.ts';
import { personFromJson, personJson } from './json.ts';
import { organisations } from './organisations.ts';
import { changes, keep, persons } from './store.ts';

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

/** When the register was seeded; 0: never. It is never seeded again by itself. */
export const seeded = value('no_seeded', 0);

const organisationsIn = (
  { providers, relations }: Seed,
  engine: Pick<Engine, 'value'>,
  by: Origin,
): Write[] => {
  if ((providers ?? relations) === undefined) return [];
  const before = organisations.current(engine);
  return [
    organisations.put(
      {
        providers: providers ?? before.providers,
        relations: relations ?? before.relations,
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
export const seedWrites = (seed: Seed, engine: Pick<Engine, 'value'>, now: number): readonly Write[] => {
  const by = { at: now, means: 'seed' };
  return [
    ...(seed.persons ?? []).map((json) =>
      keep(brought(personFromJson(json, now), by), now, { cause: 'emulator' }),
    ),
    ...organisationsIn(seed, engine, by),
  ];
};

/** What takes everything out but the organisations. */
export const clearing: readonly Write[] = [emptied(persons), emptied(changes)];
