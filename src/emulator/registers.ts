// The registers of all countries over one engine: seeded once, added to, and put back as they began.

import type { Ground } from '../contract/contract.ts';
import { signatures } from '../pipeline.ts';
import { SeedError, type Seeds } from '../seeds/content.ts';
import type { SeedSource } from '../seeds/source.ts';
import type { Configuration } from '../settings/settings.ts';
import type { Conflict, Loss, Write } from '../store/engine.ts';
import { DataDirectoryError } from '../store/refusals.ts';
import { emptied } from '../store/tables.ts';
import { type Countries, openCountries, seedWrites } from './contracts.ts';

export interface Registers {
  readonly countries: Countries;
  /** Whether one was seeded before they were opened. */
  readonly seededBefore: boolean;
  /**
   * Adds what a seed holds; all of it or nothing.
   *
   * @throws (rejects) SeedError, DataDirectoryError
   */
  add(seeds: Seeds): Promise<void>;
  /**
   * Empties all registers and fills them again, all of it or nothing.
   *
   * @param first is run when nobody can come between any more
   * @throws (rejects) DataDirectoryError
   */
  restart(pieces: () => Iterable<Seeds>, first?: () => void): Promise<void>;
}

type Country = keyof Countries;

/** @throws DataDirectoryError where the register refused it, SeedError where a number in it belongs to somebody else */
const orThrow = (failure: Loss | Conflict | undefined): void => {
  if (!failure) return;
  if ('loss' in failure) throw new DataDirectoryError(`the register: ${failure.loss}`);
  throw new SeedError('seed: a number in it belongs to another person already');
};

const only = (countries: readonly Country[], seeds: Seeds): Seeds =>
  Object.fromEntries(countries.map((country) => [country, seeds[country]]));

/**
 * Opens the registers; one that was never seeded is seeded now.
 *
 * @throws (rejects) DataDirectoryError when the disk refuses the first seed
 */
export const openRegisters = async (
  ground: Ground<Configuration>,
  source: SeedSource,
): Promise<Registers> => {
  const { engine } = ground;
  const countries = openCountries(ground);
  const all: readonly Country[] = ['no', 'dk'];
  const steps = function* (
    pieces: Iterable<Seeds>,
    wanted: readonly Country[] = all,
  ): Generator<readonly Write[]> {
    yield [emptied(signatures), ...wanted.flatMap((country) => countries[country].seeding.clear)];
    for (const piece of pieces) yield seedWrites(countries, only(wanted, piece));
    yield wanted.map((country) => countries[country].seeding.mark());
  };
  const wanting = all.filter((country) => !countries[country].seeding.done());
  const seededBefore = wanting.length < all.length;
  if (wanting.length > 0)
    orThrow(
      await engine.exclusive('the register is being seeded', () =>
        steps(seededBefore ? source.again('all') : source.first(), wanting),
      ),
    );
  return {
    countries,
    seededBefore,
    add: async (seeds) =>
      orThrow(
        await engine.exclusive('a seed is being added to the register', () => [seedWrites(countries, seeds)]),
      ),
    restart: async (pieces, first) =>
      orThrow(
        await engine.exclusive('the register is being reset', () => {
          first?.();
          return steps(pieces());
        }),
      ),
  };
};
