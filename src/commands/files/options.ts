// kontakt export, kontakt import.

import { type Command, Option } from 'commander';
import { fileFormats } from '../../contract/person-files.ts';
import { countryList } from '../../country-list.ts';
import { type Options, whereFor } from '../settings.ts';
import type { ExportOptions } from './export.ts';
import type { ImportOptions } from './import.ts';

const codes = countryList.map(({ country }) => country);

const usual = countryList.map(({ name, files }) => `${files[0].format} (${name})`).join(' or ');

export const addFiles = (program: Command): void => {
  program
    .command('export [file]')
    .description(
      'write all persons of a register into a file, or to standard output; compressed where its name ends with .gz',
    )
    .addOption(
      new Option('--format <format>', `by default what the name says, else ${usual}`).choices(fileFormats),
    )
    .addOption(new Option('--country <code>', 'whose register').choices(codes).default(codes[0]))
    .option('--url <url>', 'address of the running emulator')
    .option('--data <folder>', 'work on this data directory instead; no emulator may use it')
    .action(async (file: string | undefined, given: Options & ExportOptions) =>
      (await import('./export.ts')).exportPersons(whereFor(given), file, given),
    );
  program
    .command('import <file>')
    .description(
      'add the persons of a file (official export file, NDJSON, CSV; compressed as .gz) to a register; - is standard input',
    )
    .addOption(new Option('--format <format>', 'by default what the name says').choices(fileFormats))
    .option('--skip <number>', 'how many persons of the file to pass over: those that were taken before (0)')
    .option('--url <url>', 'address of the running emulator')
    .option('--data <folder>', 'work on this data directory instead; no emulator may use it')
    .action(async (file: string, given: Options & ImportOptions) =>
      (await import('./import.ts')).importPersons(whereFor(given), file, given),
    );
};
