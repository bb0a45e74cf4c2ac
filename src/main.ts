#!/usr/bin/env node
// The command line: arguments become a configuration, and each verb is one function.

import { endWithReader, printError } from './commands/print.ts';
import { createProgram } from './commands/program.ts';
import { sourceStack } from './kernel/stack.ts';
import { ConfigurationError, UserError } from './kernel/user-error.ts';
import { asOption } from './settings/resolve.ts';

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
createProgram().parseAsync().catch(fail);
