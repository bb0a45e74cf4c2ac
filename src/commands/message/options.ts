// kontakt sign, verify, explain.

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { SigningOptions } from '../../client/calls/signing.ts';
import { countryList } from '../../country-list.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { folderOf } from '../../pki/place.ts';
import { type MaterialFlags, materialOptions, onMaterial, onSigning } from '../client-options.ts';
import { type Options, resolve, urlFor } from '../settings.ts';
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

/** A command that judges a message of a file. */
const onJudging = (command: Command): Command =>
  command
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
    .option('--json', 'print JSON');

const judgedBy = ({ as, at, json, octets, ...settings }: JudgedFlags): JudgingOptions => {
  const { configuration } = resolve(settings);
  const named = [settings.pki, settings.data, as].some((one) => one !== undefined);
  return { ...configuration, folder: folderOf(configuration), named, as, at, json, octets };
};

const addVerify = (program: Command): void => {
  onJudging(program.command('verify <message>'))
    .description(
      'verify a message in a file (- for standard input), request or answer, and say what was found',
    )
    .action(async (file: string, given: JudgedFlags) => {
      const { verify } = await import('./verify.ts');
      process.exitCode = verify(file, judgedBy(given)) ? 0 : 1;
    });
};

type ExplainedFlags = JudgedFlags & {
  url?: string;
  request?: string;
  header?: string[];
  entry?: string;
  service?: string;
};

/** An exchange of the running emulator by its number, or the last; a file of that name comes first. */
const isExchange = (message: string): boolean => /^(?:\d+|last)$/.test(message) && !existsSync(message);

/** An exchange was judged already: what a file is judged by says nothing of it. */
const refuseOfFiles = (given: Readonly<Record<string, unknown>>): void => {
  const [name] = Object.entries(given).flatMap(([one, value]) => (value === undefined ? [] : [one]));
  if (name === undefined) return;
  const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new ConfigurationError(
    `--${option} is of a message in a file; an exchange is judged by what it was judged by then: kontakt journal <number> --request writes its message into one`,
  );
};

/** How an exchange is asked for. */
interface Exchange {
  readonly url?: string;
  readonly unmasked?: boolean;
}

const addExplain = (program: Command): void => {
  onJudging(program.command('explain <message>'))
    .description(
      'explain why a message is refused: what was done to it, and what proves that; a file (- for standard input) with the message alone, with its HTTP head or as a HAR file, or an exchange of the running emulator by its number, or last',
    )
    .option('--request <file>', 'of an answer: the request that it is compared with')
    .option('--header <header...>', 'a header that it came with: "name: value"')
    .option('--entry <number>', 'the request of a HAR file; else the last that sent XML')
    .option('--service <name>', 'the service that it is for, where the message does not tell')
    .option('--url <url>', 'address of the emulator')
    .option('--unmasked', 'of an exchange: show the numbers of persons')
    .action(async (message: string, flags: ExplainedFlags & Exchange) => {
      const { url, request, unmasked, header = [], entry, service, ...given } = flags;
      const { explain, explainExchange } = await import('./explain.ts');
      const { json, octets, config: _, ...judging } = given;
      if (isExchange(message)) refuseOfFiles({ ...judging, request, header: flags.header, entry, service });
      const accepted = isExchange(message)
        ? await explainExchange(urlFor({ url }), message, { json, octets, unmasked })
        : await explain(message, { ...judgedBy(given), request, header, entry, service });
      process.exitCode = accepted ? 0 : 1;
    });
};

export const addMessages = (program: Command): void => {
  addSign(program);
  addVerify(program);
  addExplain(program);
};
