// What the verbs of the command line share: options become settings, and settings say where the emulator is.

import { folderOf } from '../pki/place.ts';
import { type Resolved, resolveConfiguration, URL_VARIABLE } from '../settings/resolve.ts';
import type { Configuration, ConfigurationInput } from '../settings/settings.ts';

/** Options of a verb as commander hands them over. */
export type Options = Record<string, unknown>;

export const resolve = ({ config, ...given }: Options): Resolved =>
  resolveConfiguration(given as ConfigurationInput, process.env, config as string | undefined);

/** Settings that the client verbs share with `serve`: they find its address, its data directory and its certificates. */
const settingsFor = ({ data, pki, config }: Options): Configuration =>
  resolve({ data, pki, config }).configuration;

/** The folder where the certificates lie. */
export const pkiFor = (given: Options): string => folderOf(settingsFor(given));
export const urlFor = (given: Options): string => {
  if (typeof given.url === 'string') return given.url;
  // A data directory that is named is that of an emulator of this machine.
  const url = given.data === undefined ? process.env[URL_VARIABLE] : undefined;
  if (url !== undefined && url !== '') return url;
  const { host, port } = settingsFor(given);
  return `http://${host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host}:${port}`;
};
/** Where the register is that a verb works on. */
export const whereFor = (given: Options) => ({ url: urlFor(given), data: given.data as string | undefined });
