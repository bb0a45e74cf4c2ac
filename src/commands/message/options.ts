// kontakt call, sign, verify.

import { type Command, Option } from 'commander';
import type { SigningOptions } from '../../client/calls/signing.ts';
import type { CallOptions } from '../../client/calls/target.ts';
import { brief } from '../../kernel/brief.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { folderOf } from '../../pki/place.ts';
import type { CallPrinting } from '../call/call.ts';
import type { MaterialOptions } from '../material.ts';
import { print } from '../print.ts';
import { type Options, pkiFor, resolve, urlFor } from '../settings.ts';

/** The flags of `call`, before it is known where the emulator is. */
type CallFlags = Omit<CallOptions, 'addressee' | 'set'> &
  CallPrinting &
  MaterialFlags & { readonly set: readonly string[]; readonly help?: true };

/** Where certificates come from. */
type MaterialFlags = Omit<MaterialOptions, 'folder' | 'named' | 'url'> & {
  readonly url?: string;
  readonly data?: string;
  readonly pki?: string;
};

/** `--set field=value` as fields; of two with the same name the last counts. */
const readSettings = (settings: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    settings.map((setting) => {
      const [, field = '', value = ''] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
      if (field === '') throw new ConfigurationError(`--set ${brief(setting)}: write <field>=<value>`);
      return [field, value];
    }),
  );

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

const onMaterial = (command: Command): Command =>
  command
    .option('--url <url>', 'address of the emulator, which hands out its certificates')
    .option('--pki <folder>', 'folder of certificates to take instead')
    .option('--data <folder>', 'data directory whose certificates to take instead')
    .option('--cert <file>', 'a certificate of your own, PEM, with --key')
    .option('--key <file>', 'its private key, PEM')
    .option('--p12 <file>', 'certificate and key of your own, PKCS#12')
    .option('--password <text>', 'of the PKCS#12 file or the key (changeit)');

const materialOptions = ({ url, data, pki, ...identity }: MaterialFlags): MaterialOptions => ({
  ...identity,
  folder: () => pkiFor({ data, pki }),
  named: data !== undefined || pki !== undefined,
  url: urlFor({ url }),
});

const collect = (value: string, before: string[] = []): string[] => [...before, value];

export const addMessages = (program: Command): void => {
  const calling = onMaterial(onSigning(program.command('call [operation...]')))
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
    .option('--unsigned', 'send it without a signature')
    .option('--print', 'print the bytes that go and come')
    .option('--dry-run', 'send nothing; print the bytes of the request, and nothing else')
    .option('--json', 'print JSON')
    .action(async (words: string[], { help, ...given }: CallFlags) => {
      const { call, callLines, callList } = await import('../call/call.ts');
      if (help) return print([...calling.helpInformation().split('\n'), ...callLines()]);
      const target = words.join(' ');
      if (target === '') return callList(given);
      const { addresseeAt } = await import('../../client/calls/addressee.ts');
      const { materialFor } = await import('../material.ts');
      const where = materialOptions(given);
      process.exitCode = await call(target, {
        ...given,
        set: readSettings(given.set),
        addressee: addresseeAt(where.url, materialFor(where)),
      });
    });

  onMaterial(onSigning(program.command('sign <envelope>')))
    .description(
      'sign the Timestamp and Body of a SOAP envelope in a file (- for standard input), print the result',
    )
    .option('--as <client>', 'client of the test PKI that signs', 'digipost')
    .action(async (file: string, { as, ...given }: MaterialFlags & SigningOptions & { as: string }) => {
      const { sign } = await import('./sign.ts');
      const { identityFor } = await import('../material.ts');
      sign(file, await identityFor(materialOptions(given))(as), given);
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
    .option('--pki <folder>', 'folder of the certificates')
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
        const { verify } = await import('./sign.ts');
        const { as, at, json, octets, ...settings } = given;
        const { configuration } = resolve(settings);
        const folder = folderOf(configuration);
        const accepted = verify(file, { ...configuration, folder, as, at, json, octets });
        process.exitCode = accepted ? 0 : 1;
      },
    );
};
