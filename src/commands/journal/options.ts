// kontakt journal.

import { type Command, Option } from 'commander';
import { urlFor } from '../settings.ts';
import type { JournalOptions } from './journal.ts';

export const addJournal = (program: Command): void => {
  program
    .command('journal [exchange]')
    .description('the exchanges of the running emulator; or one: its number, or last')
    .option('--problems', 'only what was refused')
    .option('--service <name>', 'only of this service')
    .option('--limit <number>', 'how many of the newest (20)')
    .option('--follow', 'go on with what comes')
    .addOption(new Option('--request', 'of one: write the bytes of the request').conflicts('response'))
    .option('--response', 'of one: write the bytes of the answer')
    .addOption(
      new Option(
        '--export <file>',
        'of one: write all of it into a file that kontakt explain opens elsewhere',
      ).conflicts(['request', 'response']),
    )
    .option('--unmasked', 'with --export: with the numbers of persons')
    .option('--json', 'print JSON')
    .option('--url <url>', 'address of the emulator')
    .action(async (which: string | undefined, given: JournalOptions & { url?: string }) =>
      (await import('./journal.ts')).journal(urlFor({ url: given.url }), which, given),
    );
};
