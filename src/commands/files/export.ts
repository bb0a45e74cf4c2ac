// kontakt export: all persons of a register into a file, or to standard output, in a stream.

import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs';
import { Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { FileFormat } from '../../contract/person-files.ts';
import { countryList } from '../../country-list.ts';
import { fileOf, formatOfName, isCompressed } from '../../emulator/files/format.ts';
import { codeOf } from '../../kernel/error-code.ts';
import { reasonOf } from '../../kernel/file-error.ts';
import { UserError } from '../../kernel/user-error.ts';
import { PRIVATE } from '../../store/private.ts';
import { printNote } from '../print.ts';
import { type Where, withRegister } from '../register/access.ts';
import { createProgress, type Progress } from './progress.ts';
import { createRowCounter, type RowCounter } from './rows.ts';

export interface ExportOptions {
  readonly country: string;
  readonly format?: FileFormat;
}

const passing = ({ count, persons }: RowCounter, total: number, progress: Progress): Transform =>
  new Transform({
    transform: (chunk: Buffer, _, done) => {
      count(chunk);
      progress.show(persons(), total > 0 ? persons() / total : undefined);
      done(null, chunk);
    },
  });

/** What is no file, such as a pipe, cannot be put into the place of another. */
const isOther = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() === false;

/** Writes into a file that is there only when it is whole; one of before stays as it was until then. */
const intoFile = async (file: string, write: (out: Writable) => Promise<void>): Promise<void> => {
  const direct = isOther(file);
  const part = direct ? file : `${file}.part`;
  try {
    await write(createWriteStream(part, { mode: PRIVATE }));
    if (!direct) renameSync(part, file);
  } catch (error) {
    if (!direct) rmSync(part, { force: true });
    if (error instanceof UserError || codeOf(error) === '') throw error;
    throw new UserError(`${file}: ${reasonOf(error)}`);
  }
};

/** @param file undefined or `-`: standard output */
export const exportPersons = (
  where: Where,
  file: string | undefined,
  { country, format: asked }: ExportOptions,
): Promise<void> => {
  const { files, name } = countryList.find((one) => one.country === country) ?? countryList[0];
  const named = file === '-' ? undefined : file;
  const { format, without } = fileOf(files, asked ?? formatOfName(named ?? ''));
  return withRegister(where, async (register) => {
    const exported = await register.export(country, format);
    const rows = createRowCounter(format);
    const progress = createProgress('persons');
    const send = async (out: Writable): Promise<void> => {
      const counted = passing(rows, exported.persons, progress);
      try {
        if (named && isCompressed(named)) await pipeline(exported.content, counted, createGzip(), out);
        else await pipeline(exported.content, counted, out);
      } finally {
        progress.end();
      }
    };
    await (named === undefined ? send(process.stdout) : intoFile(named, send));
    printNote([
      `${name}: ${rows.persons()} persons${named === undefined ? '' : ` in ${named}`}`,
      `not in this file: ${without}`,
    ]);
  });
};
