// The registers of all countries over one engine: seeded once, added to, and put back as they began.

import type { Ground, OpenRegister } from '../contract/contract.ts';
import { signatures } from '../pipeline.ts';
import { SeedError, type Seeds } from '../seeds/content.ts';
import type { SeedSource } from '../seeds/source.ts';
import type { Configuration } from '../settings/settings.ts';
import type { Conflict, Loss, Write } from '../store/engine.ts';
import { DataDirectoryError } from '../store/refusals.ts';
import { emptied } from '../store/tables.ts';
import { type Contracts, type Countries, openCountries, seedWrites } from './contracts.ts';

export interface Registers {
  readonly countries: Countries;
  /** Whether one was seeded before they were opened, or by another emulator. */
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
   * @param first is run when nobody can come between any more, and says what else is written
   * @throws (rejects) DataDirectoryError
   */
  restart(pieces: () => Iterable<Seeds>, first?: () => readonly Write[]): Promise<void>;
}

/** @throws DataDirectoryError where the register refused it, SeedError where a number in it belongs to somebody else */
const orThrow = (failure: Loss | Conflict | undefined): void => {
  if (!failure) return;
  if ('loss' in failure) throw new DataDirectoryError(`the register: ${failure.loss}`);
  throw new SeedError('seed: a number in it belongs to another person already');
};

const following = function* (
  first: readonly Write[],
  steps: Iterable<readonly Write[]>,
): Generator<readonly Write[]> {
  yield first;
  yield* steps;
};

type Register = readonly [country: string, register: OpenRegister];

const only = (wanted: readonly Register[], seeds: Seeds): Seeds =>
  Object.fromEntries(Object.entries(seeds).filter(([country]) => wanted.some(([name]) => name === country)));

/**
 * Opens the registers; one that was never seeded is seeded now.
 *
 * @throws (rejects) DataDirectoryError when the disk refuses the first seed
 */
export const openRegisters = async (
  ground: Ground<Configuration>,
  source: SeedSource,
  contracts?: Contracts,
): Promise<Registers> => {
  const { engine } = ground;
  const countries = openCountries(ground, contracts);
  const all: readonly Register[] = Object.entries(countries);
  const steps = function* (
    pieces: Iterable<Seeds>,
    wanted: readonly Register[] = all,
  ): Generator<readonly Write[]> {
    yield [emptied(signatures), ...wanted.flatMap(([, { seeding }]) => seeding.clear)];
    for (const piece of pieces) yield seedWrites(countries, only(wanted, piece));
    yield* source.kept(ground.now());
    yield wanted.map(([, { seeding }]) => seeding.mark());
  };
  const unseeded = (): readonly Register[] => all.filter(([, { seeding }]) => !seeding.done());
  let seededBefore = true;
  if (unseeded().length > 0) {
    if (unseeded().length < all.length) await source.recall(engine);
    orThrow(
      await engine.exclusive('the register is being seeded', () => {
        // Another emulator of the same register may have done it meanwhile.
        const wanting = unseeded();
        if (wanting.length === 0) return [];
        seededBefore = wanting.length < all.length;
        return steps(seededBefore ? source.again('all') : source.first(), wanting);
      }),
    );
  }
  return {
    countries,
    seededBefore,
    add: async (seeds) =>
      orThrow(
        await engine.exclusive('a seed is being added to the register', () => [seedWrites(countries, seeds)]),
      ),
    restart: async (pieces, first) => {
      await source.recall(engine);
      orThrow(
        await engine.exclusive('the register is being reset', () => {
          const others = first?.() ?? [];
          return following(others, steps(pieces()));
        }),
      );
    },
  };
};
