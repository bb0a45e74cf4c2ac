#!/usr/bin/env node
// The command line: arguments become a configuration, and each verb is one function.

import { Command, Option } from 'commander';
import {
  type Configuration,
  ConfigurationError,
  type ConfigurationInput,
  optionName,
  type Resolved,
  resolveConfiguration,
  type SettingName,
  settingHelp,
} from './kernel/configuration.ts';
import { printable } from './kernel/printable.ts';
import { packageVersion } from './kernel/root.ts';
import { UserError } from './kernel/user-error.ts';

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

type Options = Record<string, unknown>;

const resolve = ({ config, ...given }: Options): Resolved =>
  resolveConfiguration(given as ConfigurationInput, process.env, config as string | undefined);

/** Settings that the client verbs share with `serve`: they find its address and its data directory. */
const settingsFor = (given: Options): Configuration => {
  const { data } = given;
  return resolve(data === undefined ? {} : { data }).configuration;
};
const urlFor = (given: Options): string => {
  if (typeof given.url === 'string') return given.url;
  const { host, port } = settingsFor(given);
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host}:${port}`;
};
const whereFor = (given: Options) => ({ url: urlFor(given), data: given.data as string | undefined });

const program = new Command('kontakt')
  .description(
    'A local stand-in for Norway’s Kontaktregisteret and Denmark’s DFDG: exact, stateful, explaining every refusal.',
  )
  .version(packageVersion)
  .showHelpAfterError('(kontakt --help shows what there is)')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(`kontakt: ${text.replace(/^error: /, '')}`) });

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
    const resolved = resolve(given);
    const { printConfiguration, serve: run } = await import('./commands/serve.ts');
    if (printConfig) process.stdout.write(`${printConfiguration(resolved)}\n`);
    else await run(resolved);
  });

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

onSigning(program.command('call <service.operation>'))
  .description('send one request as a client would, verify the answer, show both')
  .option('--as <client>', 'client of the test PKI that calls (digipost; Danish: jobnet, kommune, jobcenter)')
  .option('--set <field=value>', 'set a field of the request (repeatable)', collect, [])
  .option('--url <url>', 'address of the emulator')
  .option('--data <folder>', 'data directory with the certificates')
  .option('--unsigned', 'send it without a signature')
  .option('--print', 'show the bytes that go and come')
  .option('--dry-run', 'show the request, send nothing')
  .option('--json', 'print JSON')
  .action(async (target: string, given: Options) => {
    const { call } = await import('./commands/call.ts');
    const { url: _, data: __, ...options } = given as unknown as Parameters<typeof call>[1];
    process.exitCode = await call(target, { ...options, url: urlFor(given), data: settingsFor(given).data });
  });

onSigning(program.command('sign <envelope>'))
  .description(
    'sign the Timestamp and Body of a SOAP envelope in a file (- for standard input), print the result',
  )
  .option('--as <client>', 'client of the test PKI that signs', 'digipost')
  .option('--data <folder>', 'data directory with the certificates')
  .action(async (file: string, given: Options & { as: string }) => {
    const { sign } = await import('./commands/sign.ts');
    sign(file, { ...given, data: settingsFor(given).data });
  });
program
  .command('verify <message>')
  .description('verify a message in a file (- for standard input), request or answer, and say what was found')
  .option('--as <client>', 'decrypt it with the key of this client')
  .option('--profile <name>', 'security profile')
  .option('--at <instant>', 'judge it as at this instant, not now')
  .option('--trust <path...>', 'further trust anchors: PEM files or folders')
  .option('--data <folder>', 'data directory with the certificates')
  .option('--json', 'print JSON')
  .action(async (file: string, given: Options & { as?: string; at?: string; json?: boolean }) => {
    const { verify } = await import('./commands/sign.ts');
    const { as, at, json, ...settings } = given;
    const accepted = verify(file, { ...resolve(settings).configuration, as, at, json });
    process.exitCode = accepted ? 0 : 1;
  });

program
  .command('ready')
  .description('exit 0 when the emulator answers')
  .option('--wait', 'wait for it')
  .option('--timeout <duration>', 'how long to wait', '10s')
  .option('--url <url>', 'address of the emulator')
  .action(async (given: Options & { wait?: boolean; timeout: string }) => {
    const { ready } = await import('./commands/ready.ts');
    await ready(urlFor(given), given);
  });

const cert = program.command('cert').description('the test certificates');
cert
  .command('list')
  .description('the certificates of the data directory')
  .option('--data <folder>', 'data directory')
  .option('--json', 'print JSON')
  .action(async (given: Options) => {
    const { certList } = await import('./commands/cert.ts');
    certList(settingsFor(given).data, given);
  });
cert
  .command('new <name>')
  .description('make a client with a certificate of any kind, good or bad, issued by the test PKI')
  .option('--data <folder>', 'data directory; an emulator may be using it')
  .option('--shape <name>', 'seid1 (default), seid2, oces2 or oces3')
  .option('--organisation <number>', 'number of the organisation: nine digits, eight in Denmark')
  .option('--no-organisation', 'leave the number out')
  .option('--name <name>', 'name of the organisation')
  .option('--expired', 'valid until a year ago')
  .option('--not-yet-valid', 'valid in a year')
  .option('--from <date>', 'valid from')
  .option('--until <date>', 'valid until')
  .option('--revoked', 'put it on the revocation list; a running emulator reads the list again')
  .option('--usage <names>', 'key usages with commas between, or none')
  .option('--policy <oid>', 'certificate policy (repeatable), or none', collect)
  .option('--bits <number>', 'length of the RSA key: 1024, 2048, 3072 or 4096')
  .option('--key <kind>', 'rsa (default) or ec')
  .option('--self-signed', 'signed with its own key')
  .option('--ca', 'with CA:TRUE')
  .option('--force', 'replace a client of this name')
  .option('--json', 'print JSON')
  .action(async (name: string, given: Options) => {
    const { certNew } = await import('./commands/cert-new.ts');
    const { data: _, ...options } = given;
    await certNew(name, settingsFor(given).data, options);
  });
cert
  .command('inspect <file>')
  .description('explain a certificate: PEM, DER, base64 or PKCS#12')
  .option('--data <folder>', 'data directory whose trust anchors and revocation lists count')
  .option('--trust <path...>', 'further trust anchors: PEM files or folders')
  .option('--crl, --crls <path...>', 'further revocation lists: PEM or DER files or folders')
  .option('--password <text>', 'of a PKCS#12 file or an encrypted key (changeit)')
  .option('--json', 'print JSON')
  .action(async (file: string, given: Options) => {
    const { certInspect } = await import('./commands/cert-inspect.ts');
    const { data, trust, crls } = given;
    await certInspect(file, resolve({ data, trust, crls }).configuration, given);
  });

/** A verb on the register: of the running emulator, or of a data directory that is not in use. */
const onRegister = (command: Command): Command =>
  command
    .option('--url <url>', 'address of the running emulator')
    .option('--data <folder>', 'work on this data directory instead; no emulator may use it');

const person = program.command('person').description('the persons of the register');
onRegister(person.command('list').description('list them'))
  .addOption(new Option('--country <code>', 'whose register').choices(['no', 'dk']).default('no'))
  .option('--json', 'print JSON')
  .action(async (given: Options & { country: 'no' | 'dk' }) =>
    (await import('./commands/person.ts')).personList(whereFor(given), given),
  );
onRegister(person.command('show <id>').description('show one')).action(async (id: string, given: Options) =>
  (await import('./commands/person.ts')).personShow(whereFor(given), id),
);
onRegister(person.command('add <id>').description('add one, or replace the one with this number'))
  .option('--file <json>', 'the person as JSON, - for standard input')
  .option('--reserved', 'reserved against digital communication')
  .option(
    '--deleted <cause>',
    'status SLETTET: Selvvalgt, Død, Utgått, UtgåttTest, NyIdentitet or Forsvunnet',
  )
  .option('--mobile <number>', 'mobile number')
  .option('--email <address>', 'e-mail address')
  .action(async (id: string, given: Options) =>
    (await import('./commands/person.ts')).personAdd(whereFor(given), id, given),
  );
onRegister(
  program.command('seed <file>').description('add the persons of a seed file to the register'),
).action(async (file: string, given: Options) =>
  (await import('./commands/person.ts')).seed(whereFor(given), file),
);
onRegister(program.command('reset').description('empty the register and seed it again'))
  .option('--no-seed', 'leave it without persons')
  .action(async (given: Options) =>
    (await import('./commands/person.ts')).reset(whereFor(given), { seeded: given.seed !== false }),
  );

program
  .command('outbox')
  .description('the messages that Danish citizens would have received, oldest first')
  .option('--follow', 'go on with what comes')
  .option('--json', 'print one JSON object a line')
  .option('--url <url>', 'address of the emulator')
  .action(async (given: Options) => (await import('./commands/outbox.ts')).outbox(urlFor(given), given));

program
  .command('contract')
  .description('operations, codes and rules, each with how well it is known')
  .option('--security', 'the security profiles instead, and which service has which')
  .option('--config <file>', 'configuration file (kontakt.config.json), for profiles of your own')
  .option('--json', 'print JSON')
  .action(async (given: Options & { security?: boolean; json?: boolean }) => {
    if (!given.security) return (await import('./commands/contract.ts')).contract(given);
    const { configuration } = resolve({ config: given.config });
    return (await import('./commands/contract-security.ts')).contractSecurity(configuration, given);
  });

/** Exit codes: 0 done, 1 refused or failed, 2 bad options. */
const fail = (error: unknown): void => {
  const { code, exitCode } = error as { code?: string; exitCode?: number };
  if (code?.startsWith('commander.')) {
    process.exitCode = exitCode === 0 ? 0 : 2;
  } else if (error instanceof UserError) {
    process.stderr.write(`kontakt: ${error.message.split('\n').map(printable).join('\n')}\n`);
    process.exitCode = error instanceof ConfigurationError ? 2 : 1;
  } else {
    process.stderr.write(`kontakt: defect: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
};

program.parseAsync().catch(fail);
