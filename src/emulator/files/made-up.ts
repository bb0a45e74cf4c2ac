// Made-up persons for load tests, in batches.

import { UserError } from '../../kernel/user-error.ts';
import { standardSeeds } from '../../seeds/content.ts';
import { contracts } from '../contracts.ts';
import { BATCH, type ReadPerson, type Way } from './persons-in.ts';

/** The numbers of the package’s own persons: they stay who they are. */
const ownNumbers = (): ReadonlySet<string> => {
  const { no, dk } = standardSeeds();
  return new Set([...no.persons, ...dk.citizens].map(({ id }) => id));
};

export interface MadeUp extends Way {
  /** The country in words. */
  readonly name: string;
  readonly batches: Iterable<readonly ReadPerson[]>;
}

/**
 * @param count how many persons
 * @param seed the same number makes the same persons
 * @throws UserError where no register has made-up persons; ConfigurationError from `batches` where there are not so many numbers
 */
export const madeUp = (count: number, seed: number): MadeUp => {
  const contract = contracts.find(({ reading }) => reading?.generate);
  const { reading } = contract ?? {};
  const generate = reading?.generate;
  if (!contract || !reading || !generate) throw new UserError('no register has made-up persons');
  const batches = function* (): Generator<readonly ReadPerson[]> {
    let batch: ReadPerson[] = [];
    for (const person of generate(count, seed, ownNumbers())) {
      batch.push({ json: person, checked: person });
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  };
  return { country: contract.country, name: contract.name, reading, batches: batches() };
};
