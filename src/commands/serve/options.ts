// kontakt serve, ready.

import { type Command, Option } from 'commander';
import { optionName } from '../../settings/resolve.ts';
import { settingNames, settings } from '../../settings/settings.ts';
import { type Options, resolve, urlFor } from '../settings.ts';

export const addServing = (program: Command): void => {
  const serve = program.command('serve').description('run the emulator');
  for (const name of settingNames) {
    const { option, flags = optionName(name), help } = settings[name];
    if (option !== undefined) serve.addOption(new Option(`${flags} ${option}`.trimEnd(), help));
  }
  serve
    .addOption(new Option('--no-seed', 'start a new register without persons').default(undefined))
    .option('--config <file>', 'configuration file (kontakt.config.json)')
    .option('--print-config', 'show every setting with where it came from, and stop')
    .action(async ({ printConfig, ...given }: Options) => {
      const resolved = resolve(given);
      const { printConfiguration, serve: run } = await import('./serve.ts');
      if (printConfig) printConfiguration(resolved);
      else await run(resolved);
    });

  program
    .command('ready')
    .description('exit 0 when the emulator answers')
    .option('--wait', 'wait for it')
    .option('--timeout <duration>', 'how long to wait', '10s')
    .option('--url <url>', 'address of the emulator')
    .action(async (given: Options & { wait?: boolean; timeout: string }) => {
      const { ready } = await import('./ready.ts');
      await ready(urlFor(given), given);
    });
};
