// kontakt import: the persons of a file into a register, in a stream, a batch of a thousand at a time.

import type { FileFormat } from '../../contract/person-files.ts';
import { countryList } from '../../country-list.ts';
import { contracts } from '../../emulator/contracts.ts';
import { formatOfName } from '../../emulator/files/format.ts';
import { batchesIn, tally, type Way } from '../../emulator/files/persons-in.ts';
import { piecesOf } from '../../emulator/files/pieces.ts';
import { wayOf } from '../../emulator/files/way.ts';
import { codeOf } from '../../kernel/error-code.ts';
import { reasonOf } from '../../kernel/file-error.ts';
import { ConfigurationError, UserError } from '../../kernel/user-error.ts';
import { wholeNumber } from '../numbers.ts';
import { print } from '../print.ts';
import { homeOf, type RegisterAccess, type Where, withRegister } from '../register/access.ts';
import { createProgress } from './progress.ts';

export interface ImportOptions {
  readonly format?: FileFormat;
  readonly skip?: string;
}

/** The way that a file of a format is read; of NDJSON the length of the first number tells the country. */
const wayFor = (format: FileFormat, first: unknown): Way => {
  const id = typeof first === 'object' && first !== null && 'id' in first ? String(first.id) : '';
  const able = countryList.filter(({ files }) => files.some((one) => one.format === format));
  const { country } = able.includes(homeOf(id)) ? homeOf(id) : (able[0] ?? countryList[0]);
  return wayOf(country);
};

/** @throws ConfigurationError where neither the option nor the name tells */
const formatFor = (file: string, given: FileFormat | undefined): FileFormat => {
  const format = given ?? formatOfName(file);
  if (format) return format;
  throw new ConfigurationError(
    `${file}: its name does not tell what it is: give --format xml, ndjson or csv`,
  );
};

const readerFor = (format: FileFormat) => {
  const readers = contracts.map(({ reading }) => reading?.readers[format]);
  const reader = readers.find((one) => one !== undefined);
  if (reader) return reader();
  throw new ConfigurationError(`--format: no ${format} is read`);
};

/** Whether somebody has asked to stop. */
const stopping = (): { readonly asked: () => boolean; readonly end: () => void } => {
  let asked = false;
  const stop = (): void => {
    asked = true;
  };
  process.once('SIGINT', stop);
  return { asked: () => asked, end: () => process.off('SIGINT', stop) };
};

/** @returns how many persons were taken, those that were skipped included */
const take = async (
  register: RegisterAccess,
  file: string,
  format: FileFormat,
  skip: number,
): Promise<number> => {
  const pieces = piecesOf(file);
  const progress = createProgress('persons');
  const stop = stopping();
  let taken = skip;
  try {
    for await (const batch of batchesIn(readerFor(format), pieces.text, skip, (first) =>
      wayFor(format, first),
    )) {
      await register.add(batch.country, batch.reading.list, batch.persons);
      taken += batch.persons.length;
      progress.show(taken, pieces.share());
      if (stop.asked()) throw new UserError('stopped');
    }
    return taken;
  } catch (error) {
    if (!(error instanceof UserError) && codeOf(error) === '') throw error;
    throw new UserError(`${file}: ${reasonOf(error)}; ${tally(taken, skip, '--skip ')}`);
  } finally {
    stop.end();
    progress.end();
  }
};

/** @param file `-`: standard input */
export const importPersons = async (where: Where, file: string, options: ImportOptions): Promise<void> => {
  const format = formatFor(file, options.format);
  const skip = wholeNumber('skip', options.skip ?? '0');
  return withRegister(where, async (register) => {
    const taken = await take(register, file, format, skip);
    print([`${taken - skip} persons of ${file} are in the register`]);
  });
};
