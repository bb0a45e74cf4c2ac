// What registers begin with, read from seed files: one country or both, and whatever a file leaves out is the package's own.

import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { type DanishSeed, danishRelationJson, danishSeedJson } from '../dfdg/register/seed.ts';
import { reasonOf } from '../kernel/file-error.ts';
import { check, list, printIssue } from '../kernel/issue.ts';
import { packagePath } from '../kernel/root.ts';
import { UserError } from '../kernel/user-error.ts';
import { relationJson, type Seed, seedJson } from '../kontaktregister/register/seed.ts';

/** A seed that cannot be used; the message names the file and the place in it. */
export class SeedError extends UserError {}

/** The content of registers by country; a list that is not there was not named. */
export interface Seeds {
  readonly no?: Seed | undefined;
  readonly dk?: DanishSeed | undefined;
}

/** The content of both registers, nothing left out. */
export interface WholeSeeds {
  readonly no: { readonly [List in keyof Seed]-?: NonNullable<Seed[List]> };
  readonly dk: { readonly [List in keyof DanishSeed]-?: NonNullable<DanishSeed[List]> };
}

const nestedJson = z.strictObject({ no: seedJson, dk: danishSeedJson }).partial();

const flatJson = z.strictObject({
  ...seedJson.shape,
  ...danishSeedJson.shape,
  relations: list(z.unknown()).optional(),
});

const read = <Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  label: string,
  below = '',
): z.output<Schema> => {
  const checked = check(schema, value);
  if ('value' in checked) return checked.value;
  const { issue } = checked;
  throw new SeedError(`seed ${label}: ${printIssue({ ...issue, place: below + issue.place })}`);
};

/** Both countries' relations in one list are told apart by what they name: a Danish one names a CVR number. */
const isDanish = (row: unknown): boolean => typeof row === 'object' && row !== null && 'cvr' in row;

const readFlat = (content: unknown, label: string): Seeds => {
  const { relations, persons, providers, citizens, organisations } = read(flatJson, content, label);
  const norwegian: z.output<typeof relationJson>[] = [];
  const danish: z.output<typeof danishRelationJson>[] = [];
  for (const [index, row] of (relations ?? []).entries()) {
    const below = `relations.${index}.`;
    if (isDanish(row)) danish.push(read(danishRelationJson, row, label, below));
    else norwegian.push(read(relationJson, row, label, below));
  }
  // A list without a row says so of the countries that the file is about.
  const empty = relations?.length === 0;
  return {
    no: {
      ...(persons && { persons }),
      ...(providers && { providers }),
      ...((norwegian.length > 0 || (empty && (persons ?? providers))) && { relations: norwegian }),
    },
    dk: {
      ...(citizens && { citizens }),
      ...(organisations && { organisations }),
      ...((danish.length > 0 || (empty && (citizens ?? organisations))) && { relations: danish }),
    },
  };
};

/** The lists that a seed names, as `no.persons`. */
export const namesOf = (seeds: Seeds): readonly string[] =>
  Object.entries(seeds).flatMap(([country, lists]) =>
    Object.entries(lists ?? {})
      .filter(([, list]) => list !== undefined)
      .map(([name]) => `${country}.${name}`),
  );

/**
 * Reads a seed's content. Both countries' lists may stand side by side (`persons`, `providers`; `citizens`,
 * `organisations`; `relations`), or under `no` and `dk`.
 *
 * @throws SeedError naming the place of what is wrong
 */
export const parseSeeds = (content: unknown, label: string): Seeds => {
  const nested = typeof content === 'object' && content !== null && ('no' in content || 'dk' in content);
  const seeds: Seeds = nested ? read(nestedJson, content, label) : readFlat(content, label);
  if (namesOf(seeds).length > 0) return seeds;
  throw new SeedError(
    `seed ${label}: it names none of persons, providers, citizens, organisations and relations`,
  );
};

/** @throws SeedError where there is no such file, or it is no JSON */
export const readSeeds = (path: string, label = path): Seeds => {
  if (!existsSync(path)) throw new SeedError(`seed ${label}: there is no such file`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new SeedError(`seed ${label}: ${reasonOf(error)}`);
  }
  return parseSeeds(content, label);
};

/** Registers without persons; whose organisations these are stays, since without them nothing could be done. */
export const NOBODY: Seeds = { no: { persons: [] }, dk: { citizens: [] } };

/** What is named, and for the rest the content beside it. */
export const completed = (named: Seeds, { no, dk }: WholeSeeds): WholeSeeds => ({
  no: {
    persons: named.no?.persons ?? no.persons,
    providers: named.no?.providers ?? no.providers,
    relations: named.no?.relations ?? no.relations,
  },
  dk: {
    citizens: named.dk?.citizens ?? dk.citizens,
    organisations: named.dk?.organisations ?? dk.organisations,
    relations: named.dk?.relations ?? dk.relations,
  },
});

const EMPTY: WholeSeeds = {
  no: { persons: [], providers: [], relations: [] },
  dk: { citizens: [], organisations: [], relations: [] },
};

/** The package's own content; read when it is asked for, which most starts never do. */
export const standardSeeds = (): WholeSeeds => {
  const own = (name: string): Seeds => readSeeds(packagePath(`fixtures/persons/${name}.json`), name);
  return completed({ no: own('norway').no, dk: own('denmark').dk }, EMPTY);
};
