// kontakt serve: runs the emulator until it is told to stop.

import { isAbsolute, join, relative, resolve } from 'node:path';
import { contracts } from '../../emulator/contracts.ts';
import type { Emulator } from '../../emulator/emulator.ts';
import { startEmulator } from '../../emulator/start.ts';
import { packageVersion } from '../../kernel/root.ts';
import { WIDTH } from '../../kernel/terminal.ts';
import { optionName, type Resolved } from '../../settings/resolve.ts';
import { helpOf, settingNames, settings, shownOf } from '../../settings/settings.ts';
import { shownAddress } from '../../store/address.ts';
import { print, printError } from '../print.ts';

/** How this program was called, so that the printed commands work as they stand. */
const self = (): string => (process.env.npm_lifecycle_event === undefined ? 'kontakt' : 'npx kontakt');

/** A path as short as it can be read from here. */
const shortPath = (path: string): string => {
  const short = relative('.', path);
  return short.startsWith('..') || isAbsolute(short) ? resolve(path) : short;
};

const LABEL = 14;
/** What is to be copied is never cut: where it does not fit beside its label, it stands below. */
const row = (label: string, text: string): string[] =>
  text.length + LABEL + 2 <= WIDTH
    ? [`  ${label.padEnd(LABEL)}${text}`]
    : [`  ${label}`, ...(text.length + 4 <= WIDTH ? [`    ${text}`] : [text])];

/** Each profile with the services that have it. */
const securityOf = (all: Emulator['services']): string[] =>
  [...new Set(all.map(({ profile }) => profile()))].map((profile) => {
    const services = all.filter((one) => one.profile() === profile).map(({ service }) => service.name);
    return `profile ${profile} (${services.join(', ')})`;
  });

/** Where the register is, for the beginning and for the end. */
const registerOf = ({ inMemory, data, store }: Emulator['configuration']): string => {
  if (store !== undefined) return `in ${shownAddress(store)}`;
  return inMemory ? 'in memory' : `in ${shortPath(join(data, 'register.db'))}`;
};

const banner = async ({
  url,
  tlsUrl,
  pki,
  services,
  configuration,
  persons,
}: Emulator): Promise<string[]> => {
  const certificates =
    pki.directory === undefined
      ? `in memory: ${url}/_emulator/certificates`
      : `${shortPath(pki.directory)}  (PKCS#12 password: changeit)`;
  return [
    `kontakt-emulator ${packageVersion}: Kontaktregisteret and DFDG; persons and certificates are synthetic`,
    ...row('addresses', `${url}  ${tlsUrl}`),
    ...services.flatMap(({ service: { paths } }, index) =>
      row(index === 0 ? 'WSDL' : '', `${paths[0] ?? ''}?wsdl`),
    ),
    ...row(
      'REST',
      contracts
        .flatMap(({ faces }) =>
          faces.map(({ calls, description }) => `${calls[0]?.path ?? ''}  ${description}`),
        )
        .join('  '),
    ),
    ...securityOf(services).flatMap((line, index) => row(index === 0 ? 'security' : '', line)),
    ...row('certificates', certificates),
    ...row('register', `${await persons()} persons and citizens ${registerOf(configuration)}`),
    ...contracts
      .slice(0, 1)
      .flatMap(({ firstCall: { target, as } }) =>
        row('try', `${self()} call ${target} --as ${as}${callOptions(url)}`),
      ),
    ...row('then', `${self()} journal last  (what came last, and why it was refused)`),
    ...(configuration.console
      ? row('console', `${url}/  (in a browser; /_emulator: all that can be asked for)`)
      : row('more', `${url}/_emulator  (all that can be asked for)`)),
  ];
};

/** What `call` must be told when the defaults do not hold: where to ask; certificates come from there too. */
const callOptions = (url: string): string => (url === 'http://127.0.0.1:8080' ? '' : ` --url ${url}`);

/** One line for each setting: its value and where it came from; by its option where it has one. */
export const printConfiguration = ({ configuration, origins }: Resolved): void =>
  print(
    settingNames.map((name) => {
      const { option } = settings[name];
      const value = shownOf(name, configuration[name]);
      const shown = value === undefined ? '-' : typeof value === 'string' ? value : JSON.stringify(value);
      return `${(option === undefined ? name : optionName(name)).padEnd(24)}${shown.padEnd(16)} ${origins[name].padEnd(14)} ${helpOf(name)}`;
    }),
  );

export const serve = async (resolved: Resolved): Promise<void> => {
  const emulator = await startEmulator(resolved.configuration);
  const stop = (): void => {
    emulator.close().then(
      () => {
        const { inMemory } = emulator.configuration;
        print([
          `stopped; the register ${inMemory ? 'was in memory' : `is ${registerOf(emulator.configuration)}`}`,
        ]);
        process.exit(0);
      },
      (error: unknown) => {
        printError([`kontakt: could not stop cleanly: ${String(error)}`]);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    print([...(await banner(emulator)), `listening http=${emulator.url} https=${emulator.tlsUrl}`]);
  } catch (error) {
    // Whoever waits to be told where it listens is told that it does not, and not left waiting.
    await emulator.close();
    throw error;
  }
};
