// kontakt sign, verify.

import type { Command } from 'commander';
import type { SigningOptions } from '../../client/calls/signing.ts';
import { countryList } from '../../country-list.ts';
import { folderOf } from '../../pki/place.ts';
import { type MaterialFlags, materialOptions, onMaterial, onSigning } from '../client-options.ts';
import { type Options, resolve } from '../settings.ts';
import type { JudgingOptions } from './judging.ts';

const addSign = (program: Command): void => {
  onMaterial(onSigning(program.command('sign <envelope>')))
    .description(
      'sign the Timestamp and Body of a SOAP envelope in a file (- for standard input), print the result',
    )
    .option('--as <client>', 'client of the test PKI that signs', countryList[0].clients[0])
    .action(async (file: string, { as, ...given }: MaterialFlags & SigningOptions & { as: string }) => {
      const { sign } = await import('./sign.ts');
      const { identityFor } = await import('../material.ts');
      sign(file, await identityFor(materialOptions(given))(as), given);
    });
};

type JudgedFlags = Options & { as?: string; at?: string; json?: boolean; octets?: string };

/** A command that judges a message; its exit code is 1 where the message is refused. */
const addJudging = (
  program: Command,
  name: 'verify' | 'explain',
  description: string,
  load: () => Promise<(file: string, options: JudgingOptions) => boolean>,
): void => {
  program
    .command(`${name} <message>`)
    .description(description)
    .option('--as <client>', 'decrypt it with the key of this client')
    .option('--profile <name>', 'security profile')
    .option('--at <instant>', 'judge it as at this instant, not now')
    .option('--trust <path...>', 'further trust anchors: PEM files or folders')
    .option('--crl, --crls <path...>', 'further revocation lists: PEM or DER files or folders')
    .option('--known-certificates <path...>', 'certificates that a message may name: PEM files or folders')
    .option('--config <file>', 'configuration file (kontakt.config.json), for profiles of your own')
    .option('--pki <folder>', 'folder of the certificates')
    .option('--data <folder>', 'data directory with the certificates')
    .option(
      '--octets <folder>',
      'write the canonical octets that each digest and the signature count over, a file each',
    )
    .option('--json', 'print JSON')
    .action(async (file: string, { as, at, json, octets, ...settings }: JudgedFlags) => {
      const judge = await load();
      const { configuration } = resolve(settings);
      const folder = folderOf(configuration);
      process.exitCode = judge(file, { ...configuration, folder, as, at, json, octets }) ? 0 : 1;
    });
};

export const addMessages = (program: Command): void => {
  addSign(program);
  addJudging(
    program,
    'verify',
    'verify a message in a file (- for standard input), request or answer, and say what was found',
    async () => (await import('./verify.ts')).verify,
  );
  addJudging(
    program,
    'explain',
    'explain why a message in a file (- for standard input) is refused: what was changed, or done otherwise, and what proves it',
    async () => (await import('./explain.ts')).explain,
  );
};
