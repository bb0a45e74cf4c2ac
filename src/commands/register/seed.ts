// kontakt seed: the persons of a seed file, or made-up ones for load tests.

import { contracts } from '../../emulator/contracts.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { standardSeeds } from '../../seeds/content.ts';
import { BATCH } from '../files/persons-in.ts';
import { createProgress } from '../files/progress.ts';
import { wholeNumber } from '../numbers.ts';
import { print } from '../print.ts';
import { type ReadPerson, readJson, type Where, withRegister } from './access.ts';

export interface GenerateOptions {
  readonly generate?: string;
  readonly seed?: string;
}

/** The numbers of the package’s own persons: they stay who they are. */
const ownNumbers = (): ReadonlySet<string> => {
  const { no, dk } = standardSeeds();
  return new Set([...no.persons, ...dk.citizens].map(({ id }) => id));
};

const addGenerated = (where: Where, count: number, seed: number): Promise<void> => {
  const country = contracts.find(({ reading }) => reading?.generate);
  const { generate, list = '' } = country?.reading ?? {};
  if (!country || !generate) throw new ConfigurationError('--generate: no register has made-up persons');
  return withRegister(where, async (register) => {
    const progress = createProgress('persons');
    let taken = 0;
    let batch: ReadPerson[] = [];
    const add = async (): Promise<void> => {
      await register.add(country.country, list, batch);
      taken += batch.length;
      batch = [];
      progress.show(taken, taken / count);
    };
    try {
      for (const person of generate(count, seed, ownNumbers())) {
        batch.push({ json: person, checked: person });
        if (batch.length === BATCH) await add();
      }
      if (batch.length > 0) await add();
    } finally {
      progress.end();
    }
    print([`${taken} made-up persons are in the register (${country.name}, --seed ${seed})`]);
  });
};

/** @throws ConfigurationError where neither a file nor a number is given, or both are */
export const seed = async (
  where: Where,
  file: string | undefined,
  { generate, seed: number }: GenerateOptions,
): Promise<void> => {
  if ((file === undefined) === (generate === undefined))
    throw new ConfigurationError('seed takes a file, or --generate <number>');
  if (file === undefined)
    return addGenerated(where, wholeNumber('generate', generate ?? ''), wholeNumber('seed', number ?? '0'));
  if (number !== undefined) throw new ConfigurationError('--seed goes with --generate');
  return withRegister(where, async (register) => {
    await register.seed(readJson(file), file);
    print([`${file} is in the register`]);
  });
};
