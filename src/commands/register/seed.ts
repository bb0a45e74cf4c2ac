// kontakt seed: the persons of a seed file, or made-up ones for load tests.

import { madeUp } from '../../emulator/files/made-up.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { createProgress } from '../files/progress.ts';
import { wholeNumber } from '../numbers.ts';
import { print } from '../print.ts';
import { readJson, type Where, withRegister } from './access.ts';

export interface GenerateOptions {
  readonly generate?: string;
  readonly seed?: string;
}

const addGenerated = (where: Where, count: number, seed: number): Promise<void> => {
  const { country, name, reading, batches } = madeUp(count, seed);
  return withRegister(where, async (register) => {
    const progress = createProgress('persons');
    let taken = 0;
    try {
      for (const batch of batches) {
        await register.add(country, reading.list, batch);
        taken += batch.length;
        progress.show(taken, taken / count);
      }
    } finally {
      progress.end();
    }
    print([`${taken} made-up persons are in the register (${name}, --seed ${seed})`]);
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
