// Both registers over one database, and their seeds: the one place where the two contracts stand side by side.

import { existsSync, readFileSync } from 'node:fs';
import type { LogLimits } from './dfdg/logs.ts';
import { type DanishSeed, danishSeedJson, openDanishRegister, withoutCitizens } from './dfdg/seed.ts';
import { check, printIssue } from './kernel/issue.ts';
import { packagePath } from './kernel/root.ts';
import { UserError } from './kernel/user-error.ts';
import { openNorwegianRegister, type Seed, seedJson, withoutPersons } from './kontaktregister/seed.ts';
import { isTaken, orDataDirectoryError, type Sqlite } from './store/open.ts';

/** A seed that cannot be used; the message names the file and the place in it. */
class SeedError extends UserError {}

/** What a register begins with, by country; a country that a file does not name begins with the package's own. */
export interface Seeds {
  readonly no?: Seed;
  readonly dk?: DanishSeed;
}

const read = (path: string, label: string): unknown => {
  if (!existsSync(path)) throw new SeedError(`seed ${label}: there is no such file`);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new SeedError(`seed ${label}: ${(error as Error).message}`);
  }
};

/**
 * Reads a seed's content: `persons` make it a Norwegian one, `citizens` a Danish one.
 *
 * @throws SeedError naming the place of what is wrong
 */
export const parseSeeds = (content: unknown, label: string): Seeds => {
  const danish = typeof content === 'object' && content !== null && 'citizens' in content;
  const checked = danish ? check(danishSeedJson, content) : check(seedJson, content);
  if ('issue' in checked) throw new SeedError(`seed ${label}: ${printIssue(checked.issue)}`);
  return 'citizens' in checked.value ? { dk: checked.value } : { no: checked.value };
};

const own = (name: string): Seeds =>
  parseSeeds(read(packagePath(`fixtures/persons/${name}.json`), name), name);
const standard = (): Required<Seeds> => ({ ...own('norway'), ...own('denmark') }) as Required<Seeds>;

/**
 * The seeds that a setting names. A file of the user's is read at once; the package's own content is read when it is asked
 * for, which most starts never do.
 *
 * @param setting a file, `standard` for the package's own, or false for registers without persons
 * @throws SeedError
 */
export const seedsOf = (setting: string | false): (() => Required<Seeds>) => {
  if (setting === false)
    return () => {
      const { no, dk } = standard();
      return { no: withoutPersons(no), dk: withoutCitizens(dk) };
    };
  const given = setting === 'standard' ? {} : parseSeeds(read(setting, setting), setting);
  let seeds: Required<Seeds> | undefined;
  return () => {
    seeds ??= { ...standard(), ...given };
    return seeds;
  };
};

export interface Registers {
  readonly no: ReturnType<typeof openNorwegianRegister>;
  readonly dk: ReturnType<typeof openDanishRegister>;
  /** Adds what a seed holds; all of it or nothing. */
  add(seeds: Seeds): void;
  /** Empties both registers and fills them again; both or none. */
  restart(seeds: Required<Seeds>): void;
}

/**
 * Opens both registers; one that was never seeded is seeded now.
 *
 * @param now the register hand of the clock, in milliseconds since 1970
 * @throws DataDirectoryError when the disk refuses the first seed
 */
export const openRegisters = (
  database: Sqlite,
  now: () => number,
  seeds: () => Required<Seeds>,
  limits?: LogLimits,
): Registers => {
  const no = openNorwegianRegister(database, now);
  const dk = openDanishRegister(database, now, limits);
  const restart = database.transaction((content: Required<Seeds>) => {
    no.seeding.restart(content.no);
    dk.seeding.restart(content.dk);
  });
  const add = database.transaction((content: Seeds) => {
    if (content.no) no.seeding.add(content.no);
    if (content.dk) dk.seeding.add(content.dk);
  });
  if (!no.seeding.done()) orDataDirectoryError(() => no.seeding.restart(seeds().no));
  if (!dk.seeding.done()) orDataDirectoryError(() => dk.seeding.restart(seeds().dk));
  return {
    no,
    dk,
    add: (content) => {
      try {
        orDataDirectoryError(() => add(content));
      } catch (error) {
        throw isTaken(error)
          ? new SeedError('seed: a CV number or former number in it belongs to another citizen already')
          : error;
      }
    },
    restart: (content) => orDataDirectoryError(() => restart(content)),
  };
};
