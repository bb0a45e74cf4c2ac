#!/usr/bin/env node
// The command line: arguments become a configuration, and each verb is one function.

import { Command } from 'commander';
import { endWithReader, printError } from './commands/print.ts';
import { addCertificates } from './commands/verbs/certificates.ts';
import { addCompletion } from './commands/verbs/completion.ts';
import { addContract } from './commands/verbs/contract.ts';
import { addJournal } from './commands/verbs/journal.ts';
import { addMessages } from './commands/verbs/messages.ts';
import { addRegister } from './commands/verbs/register.ts';
import { addServing } from './commands/verbs/serve.ts';
import { packageVersion } from './kernel/root.ts';
import { sourceStack } from './kernel/stack.ts';
import { ConfigurationError, UserError } from './kernel/user-error.ts';
import { asOption } from './settings/resolve.ts';

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

/** Exit codes: 0 done, 1 refused or failed, 2 bad options. */
const fail = (error: unknown): void => {
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith('commander.')) {
    process.exitCode = exitCode === 0 ? 0 : 2;
  } else if (error instanceof UserError) {
    printError([`kontakt: ${error.worded(asOption)}`]);
    process.exitCode = error instanceof ConfigurationError ? 2 : 1;
  } else {
    const stack = error instanceof Error ? sourceStack(error) : String(error);
    printError(`kontakt: defect: ${stack}`.split('\n'));
    process.exitCode = 1;
  }
};

endWithReader();
program.parseAsync().catch(fail);
