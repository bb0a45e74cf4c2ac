// kontakt serve, ready.

import { type Command, Option } from 'commander';
import { optionName } from '../../kernel/configuration.ts';
import { type SettingName, settingHelp } from '../../kernel/settings.ts';
import { type Options, resolve, urlFor } from './settings.ts';

/** The settings of `serve`, with the form of their value; an empty form is a switch. */
const SERVE_OPTIONS: readonly [SettingName, string][] = [
  ['port', '<number>'],
  ['tlsPort', '<number>'],
  ['host', '<address>'],
  ['data', '<folder>'],
  ['inMemory', ''],
  ['profile', '<name>'],
  ['seed', '<file>'],
  ['publicUrl', '<url>'],
  ['log', '<format>'],
  ['trust', '<path...>'],
  ['crls', '<path...>'],
  ['knownCertificates', '<path...>'],
  ['serverCert', '<file>'],
  ['serverKey', '<file>'],
  ['maxLifetime', '<seconds>'],
  ['skew', '<seconds>'],
  ['replay', '<on|off>'],
  ['answerEncryption', '<how>'],
  ['durability', '<level>'],
  ['displace', ''],
  ['mailboxCertificate', '<demand>'],
  ['refusals', '<form>'],
  ['answerHeaders', '<on|off>'],
];

export const addServing = (program: Command): void => {
  const serve = program.command('serve').description('run the emulator');
  for (const [name, form] of SERVE_OPTIONS) {
    // One list is `--crl`, as one anchor is `--trust`; the key of the configuration file is `crls`.
    const flags = name === 'crls' ? '--crl, --crls' : optionName(name);
    serve.addOption(new Option(`${flags}${form ? ` ${form}` : ''}`, settingHelp(name)));
  }
  serve
    .addOption(new Option('--no-seed', 'start a new register without persons').default(undefined))
    .option('--config <file>', 'configuration file (kontakt.config.json)')
    .option('--print-config', 'show every setting with where it came from, and stop')
    .action(async ({ printConfig, ...given }: Options) => {
      // Before anything else is loaded: it takes its time on another thread.
      if (!printConfig) (await import('../../schema/contract-check.ts')).prepareContractCheck();
      const resolved = resolve(given);
      const { printConfiguration, serve: run } = await import('../serve.ts');
      if (printConfig)
        process.stdout.write(
          `${printConfiguration(resolved, new Set(SERVE_OPTIONS.map(([name]) => name)))}\n`,
        );
      else await run(resolved);
    });

  program
    .command('ready')
    .description('exit 0 when the emulator answers')
    .option('--wait', 'wait for it')
    .option('--timeout <duration>', 'how long to wait', '10s')
    .option('--url <url>', 'address of the emulator')
    .action(async (given: Options & { wait?: boolean; timeout: string }) => {
      const { ready } = await import('../ready.ts');
      await ready(urlFor(given), given);
    });
};
