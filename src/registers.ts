// Both registers over one database, seeded and put back together: the one place where the two contracts stand side by side.

import type { LogLimits } from './dfdg/register/logs.ts';
import { openDanishRegister } from './dfdg/register/seed.ts';
import { openNorwegianRegister } from './kontaktregister/register/seed.ts';
import { SeedError, type Seeds } from './seeds/content.ts';
import type { SeedSource } from './seeds/source.ts';
import { orDataDirectoryError } from './store/refusals.ts';
import { isTaken, type Sqlite } from './store/sqlite.ts';

export interface Registers {
  readonly no: ReturnType<typeof openNorwegianRegister>;
  readonly dk: ReturnType<typeof openDanishRegister>;
  /** Whether they were seeded before they were opened. */
  readonly seededBefore: boolean;
  /** Adds what a seed holds; all of it or nothing. */
  add(seeds: Seeds): void;
  /**
   * Empties both registers and fills them again, step by step: each says how many persons it touched. Whoever takes the
   * steps has a transaction open.
   */
  restart(pieces: Iterable<Seeds>): Iterable<number>;
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
  source: SeedSource,
  limits?: LogLimits,
): Registers => {
  const no = openNorwegianRegister(database, now);
  const dk = openDanishRegister(database, now, limits);
  const steps = function* (
    pieces: Iterable<Seeds>,
    countries: readonly (keyof Seeds)[] = ['no', 'dk'],
  ): Generator<number> {
    const [norwegian, danish] = [countries.includes('no'), countries.includes('dk')];
    if (norwegian) yield* no.seeding.clear();
    if (danish) yield* dk.seeding.clear();
    for (const piece of pieces) {
      if (norwegian && piece.no) no.seeding.add(piece.no);
      if (danish && piece.dk) dk.seeding.add(piece.dk);
      const persons = (piece.no?.persons?.length ?? 0) + (piece.dk?.citizens?.length ?? 0);
      if (persons > 0) yield persons;
    }
    if (norwegian) no.seeding.mark();
    if (danish) dk.seeding.mark();
  };
  const seed = database.transaction((pieces: Iterable<Seeds>, countries: readonly (keyof Seeds)[]) => {
    for (const _ of steps(pieces, countries));
  });
  const add = database.transaction((content: Seeds) => {
    if (content.no) no.seeding.add(content.no);
    if (content.dk) dk.seeding.add(content.dk);
  });
  const wanting = (['no', 'dk'] as const).filter((country) => !{ no, dk }[country].seeding.done());
  const seededBefore = wanting.length < 2;
  if (wanting.length > 0)
    orDataDirectoryError(() => seed(seededBefore ? source.again('all') : source.first(), wanting));
  return {
    no,
    dk,
    seededBefore,
    add: (content) => {
      try {
        orDataDirectoryError(() => add(content));
      } catch (error) {
        throw isTaken(error)
          ? new SeedError('seed: a CV number or former number in it belongs to another citizen already')
          : error;
      }
    },
    restart: steps,
  };
};
