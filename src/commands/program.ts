// The command line as a whole: every verb with its options. A test writes docs/command-line.md from it.

import { Command } from 'commander';
import { packageVersion } from '../kernel/root.ts';
import { printError } from './print.ts';
import { addCertificates } from './verbs/certificates.ts';
import { addCompletion } from './verbs/completion.ts';
import { addContract } from './verbs/contract.ts';
import { addJournal } from './verbs/journal.ts';
import { addMessages } from './verbs/messages.ts';
import { addRegister } from './verbs/register.ts';
import { addServing } from './verbs/serve.ts';

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
  addMessages(program);
  addJournal(program);
  addCertificates(program);
  addRegister(program);
  addContract(program);
  addCompletion(program);
  return program;
};
