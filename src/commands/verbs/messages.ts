// kontakt call, sign, verify.

import { type Command, Option } from 'commander';
import type { CallOptions } from '../../client/calls/target.ts';
import type { CallPrinting } from '../call.ts';
import { print } from '../print.ts';
import { type Options, resolve, settingsFor, urlFor } from './settings.ts';

/** The flags of `call`, before it is known where the emulator is. */
type CallFlags = Omit<CallOptions, 'url' | 'material'> &
  CallPrinting & { readonly url?: string; readonly data?: string; readonly help?: true };

/** How a client signs; what is left out is what every profile takes. */
const onSigning = (command: Command): Command =>
  command
    .addOption(
      new Option('--key-reference <kind>', 'how the signature names its certificate').choices([
        'direct',
        'issuer-serial',
        'ski',
        'thumbprint',
      ]),
    )
    .addOption(new Option('--signature <method>', 'signature method').choices(['rsa-sha256', 'rsa-sha1']))
    .addOption(new Option('--digest <method>', 'digest method').choices(['sha256', 'sha1']))
    .addOption(
      new Option('--c14n <method>', 'canonicalization').choices([
        'exclusive',
        'exclusive-with-comments',
        'inclusive',
        'inclusive-with-comments',
      ]),
    );

const collect = (value: string, before: string[] = []): string[] => [...before, value];

export const addMessages = (program: Command): void => {
  const calling = onSigning(program.command('call [operation...]'))
    .description(
      'send one request as a client would, verify the answer, show both. The operation is <service>.<operation>, or rest <method> <path>; without one, all that can be called are listed',
    )
    .helpOption(false)
    .option('-h, --help', 'show this, and what can be called')
    .option(
      '--as <client>',
      'client of the test PKI that calls (digipost; Danish: jobnet, kommune, jobcenter)',
    )
    .option('--set <field=value>', 'set a field of the request (repeatable)', collect, [])
    .option('--url <url>', 'address of the emulator')
    .option('--data <folder>', 'data directory with the certificates')
    .option('--unsigned', 'send it without a signature')
    .option('--print', 'print the bytes that go and come')
    .option('--dry-run', 'send nothing; print the bytes of the request, and nothing else')
    .option('--json', 'print JSON')
    .action(async (words: string[], { url, data, help, ...options }: CallFlags) => {
      const { call, callLines, callList } = await import('../call.ts');
      if (help) return print([...calling.helpInformation().split('\n'), ...callLines()]);
      const target = words.join(' ');
      if (target === '') return callList(options);
      const { materialOf } = await import('../../client/material.ts');
      process.exitCode = await call(target, {
        ...options,
        url: urlFor({ url }),
        material: async (client) => materialOf(settingsFor({ data }).data, client),
      });
    });

  onSigning(program.command('sign <envelope>'))
    .description(
      'sign the Timestamp and Body of a SOAP envelope in a file (- for standard input), print the result',
    )
    .option('--as <client>', 'client of the test PKI that signs', 'digipost')
    .option('--data <folder>', 'data directory with the certificates')
    .action(async (file: string, given: Options & { as: string }) => {
      const { sign } = await import('../sign.ts');
      sign(file, { ...given, data: settingsFor(given).data });
    });
  program
    .command('verify <message>')
    .description(
      'verify a message in a file (- for standard input), request or answer, and say what was found',
    )
    .option('--as <client>', 'decrypt it with the key of this client')
    .option('--profile <name>', 'security profile')
    .option('--at <instant>', 'judge it as at this instant, not now')
    .option('--trust <path...>', 'further trust anchors: PEM files or folders')
    .option('--crl, --crls <path...>', 'further revocation lists: PEM or DER files or folders')
    .option('--known-certificates <path...>', 'certificates that a message may name: PEM files or folders')
    .option('--config <file>', 'configuration file (kontakt.config.json), for profiles of your own')
    .option('--data <folder>', 'data directory with the certificates')
    .option(
      '--octets <folder>',
      'write the canonical octets that each digest and the signature count over, a file each',
    )
    .option('--json', 'print JSON')
    .action(
      async (
        file: string,
        given: Options & { as?: string; at?: string; json?: boolean; octets?: string },
      ) => {
        const { verify } = await import('../sign.ts');
        const { as, at, json, octets, ...settings } = given;
        const accepted = verify(file, { ...resolve(settings).configuration, as, at, json, octets });
        process.exitCode = accepted ? 0 : 1;
      },
    );
};
