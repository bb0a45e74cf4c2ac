// The command line as a whole: every verb with its options. A test writes docs/command-line.md from it.

import { Command } from 'commander';
import { packageVersion } from '../kernel/root.ts';
import { addCall } from './call/options.ts';
import { addCertificates } from './cert/options.ts';
import { addCompletion } from './completion/options.ts';
import { addContract } from './contract/options.ts';
import { addFiles } from './files/options.ts';
import { addJournal } from './journal/options.ts';
import { addMessages } from './message/options.ts';
import { printError } from './print.ts';
import { addRegister } from './register/options.ts';
import { addServing } from './serve/options.ts';

export const createProgram = (): Command => {
  const program = new Command('kontakt')
    .description(
      'A local stand-in for Norway’s Kontaktregisteret and Denmark’s DFDG: exact, stateful, explaining every refusal.',
    )
    .version(packageVersion)
    .showHelpAfterError('(kontakt --help shows what there is)')
    .exitOverride()
    .configureOutput({
      outputError: (text) =>
        printError([
          `kontakt: ${text
            .replace(/^error: /, '')
            .replace(/\n\(/, ' (')
            .trimEnd()}`,
        ]),
    });
  addServing(program);
  addCall(program);
  addMessages(program);
  addJournal(program);
  addCertificates(program);
  addRegister(program);
  addFiles(program);
  addContract(program);
  addCompletion(program);
  return program;
};
