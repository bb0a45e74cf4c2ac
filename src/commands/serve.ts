// kontakt serve: runs the emulator until it is told to stop.

import { resolve } from 'node:path';
import { type Emulator, startEmulator } from '../emulator.ts';
import { packageVersion } from '../kernel/root.ts';
import { optionName, type Resolved } from '../settings/resolve.ts';
import { helpOf, settingNames, settings } from '../settings/settings.ts';
import { print, printError } from './print.ts';

/** How this program was called, so that the printed commands work as they stand. */
const self = (): string => (process.env.npm_lifecycle_event === undefined ? 'kontakt' : 'npx kontakt');

const banner = ({ url, tlsUrl, pki, endpoints, configuration, persons }: Emulator): string[] => {
  const data = configuration.inMemory ? undefined : resolve(configuration.data);
  const row = (label: string, text: string): string => `  ${label.padEnd(14)}${text}`;
  const clients = [...pki.clients.keys()].join(', ');
  const lines = endpoints.flatMap(({ service: { name, title, paths }, profile }) => {
    const [path = ''] = paths;
    // The Danish services ask for a certificate, which only the https listener can.
    const base = profile === 'mutual-tls' ? tlsUrl : url;
    return [
      `  ${title}`,
      row('  address', `${base}${path}`),
      row('  WSDL', `${url}${path}?wsdl`),
      row('  security', `profile ${profile} (${name})`),
    ];
  });
  return [
    `kontakt-emulator ${packageVersion}: Kontaktregisteret and DFDG for tests. Synthetic persons, test certificates, nothing real.`,
    '',
    ...lines,
    '  DFDG REST',
    row('  address', `${tlsUrl}/v1/kontaktinformation`),
    row('  OpenAPI', `${url}/v1/openapi.json`),
    row(
      'certificates',
      data
        ? `${data}/pki  (clients: ${clients}; PKCS#12 password: changeit)`
        : `in memory (clients: ${clients})`,
    ),
    row('register', `${persons()} persons and citizens${data ? ` in ${data}/register.db` : ', in memory'}`),
    row('journal', `${url}/_emulator/journal  (every exchange, and why it was refused)`),
    '',
    ...(data
      ? [
          '  A signed call, from another terminal:',
          `  ${self()} call postkasseleverandoer.OpprettOgVelgSikkerDigitalPostkasse --as digipost${callOptions(configuration, url)}`,
          '',
        ]
      : []),
  ];
};

/** What `call` must be told when the defaults do not hold. */
const callOptions = ({ data }: Emulator['configuration'], url: string): string =>
  (data === '.kontakt' ? '' : ` --data ${data}`) + (url === 'http://127.0.0.1:8080' ? '' : ` --url ${url}`);

/** One line for each setting: its value and where it came from; by its option where it has one. */
export const printConfiguration = ({ configuration, origins }: Resolved): void =>
  print(
    settingNames.map((name) => {
      const { secret, option } = settings[name];
      const value = secret && configuration[name] !== undefined ? '(set)' : configuration[name];
      const shown = value === undefined ? '-' : typeof value === 'string' ? value : JSON.stringify(value);
      return `${(option === undefined ? name : optionName(name)).padEnd(24)}${shown.padEnd(16)} ${origins[name].padEnd(14)} ${helpOf(name)}`;
    }),
  );

export const serve = async (resolved: Resolved): Promise<void> => {
  const emulator = await startEmulator(resolved.configuration);
  const stop = (): void => {
    emulator.close().then(
      () => process.exit(0),
      (error: unknown) => {
        printError([`kontakt: could not stop cleanly: ${String(error)}`]);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  print([...banner(emulator), `listening http=${emulator.url} https=${emulator.tlsUrl}`]);
};
