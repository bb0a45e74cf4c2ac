// kontakt contract.

import type { Command } from 'commander';
import { type Options, resolve } from '../settings.ts';

export const addContract = (program: Command): void => {
  program
    .command('contract')
    .description('operations, codes and rules, each with how well it is known')
    .option('--security', 'the security profiles instead, and which service has which')
    .option('--config <file>', 'configuration file (kontakt.config.json), for profiles of your own')
    .option('--json', 'print JSON')
    .action(async (given: Options & { security?: boolean; json?: boolean }) => {
      if (!given.security) return (await import('./contract.ts')).contract(given);
      const { configuration } = resolve({ config: given.config });
      return (await import('./security.ts')).contractSecurity(configuration, given);
    });
};
