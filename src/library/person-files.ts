// The persons of a country into a file and from one, in a stream, by what the commands do it with.

import type { FileFormat } from '../contract/person-files.ts';
import type { Control } from '../control/control.ts';
import { formatOfName } from '../emulator/files/format.ts';
import { madeUp } from '../emulator/files/made-up.ts';
import { batchesIn, type ReadPerson, tally } from '../emulator/files/persons-in.ts';
import { piecesOf, textIn } from '../emulator/files/pieces.ts';
import { wayOf } from '../emulator/files/way.ts';
import { codeOf } from '../kernel/error-code.ts';
import { fileErrorOf, reasonOf } from '../kernel/file-error.ts';
import { UserError } from '../kernel/user-error.ts';

type Source = string | AsyncIterable<string | Uint8Array>;
type Seed = Control['seed'];

const add = (seed: Seed, country: string, list: string, persons: readonly ReadPerson[]): Promise<void> =>
  seed({ [country]: { [list]: persons.map(({ json }) => json) } });

const checkWhole = (name: string, value: number): void => {
  if (!Number.isSafeInteger(value) || value < 0) throw new UserError(`${name} is a whole number from 0`);
};

/** @throws UserError where a file of the format is not read in the country, or its name tells none */
const readerOf = (country: string, source: Source, asked: FileFormat | undefined) => {
  const way = wayOf(country);
  const format = asked ?? (typeof source === 'string' ? formatOfName(source) : 'ndjson');
  const reader = format && way.reading.readers[format];
  if (reader) return { way, reader };
  const known = Object.keys(way.reading.readers).join(' or ');
  throw new UserError(
    `the persons of this register come in as ${known}${format ? `, not ${format}` : ': the name of the file does not tell'}`,
  );
};

/** @returns how many persons were taken */
export const importPersons = async (
  seed: Seed,
  country: string,
  source: Source,
  { format, skip = 0 }: { readonly format?: FileFormat | undefined; readonly skip?: number | undefined },
): Promise<number> => {
  checkWhole('skip', skip);
  const { way, reader } = readerOf(country, source, format);
  const text = typeof source === 'string' ? piecesOf(source).text : textIn(source);
  let taken = skip;
  try {
    for await (const { reading, persons } of batchesIn(reader(), text, skip, () => way)) {
      await add(seed, country, reading.list, persons);
      taken += persons.length;
    }
    return taken - skip;
  } catch (error) {
    if (!(error instanceof UserError) && codeOf(error) === '') throw error;
    const file = fileErrorOf(error) !== undefined && typeof source === 'string' ? `${source}: ` : '';
    throw new UserError(`${file}${reasonOf(error)}; ${tally(taken, skip, 'skip: ')}`);
  }
};

/** @returns how many persons there are now that were made up */
export const generatePersons = async (seed: Seed, count: number, number: number): Promise<number> => {
  checkWhole('count', count);
  checkWhole('seed', number);
  const { country, reading, batches } = madeUp(count, number);
  let taken = 0;
  for (const persons of batches) {
    await add(seed, country, reading.list, persons);
    taken += persons.length;
  }
  return taken;
};
