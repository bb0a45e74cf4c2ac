// Where a setting's value comes from: command line over environment over file over default.

import { existsSync, readFileSync } from 'node:fs';
import { reasonOf } from '../kernel/file-error.ts';
import { parseJson } from '../kernel/json.ts';
import { meantBy } from '../kernel/nearest.ts';
import { ConfigurationError, type Naming } from '../kernel/user-error.ts';
import {
  type Configuration,
  type ConfigurationInput,
  helpOf,
  type SettingName,
  settingNames,
  settings,
  settingsSchema,
  shownOf,
} from './settings.ts';

export type Origin = 'command line' | 'environment' | 'file' | 'default';
export interface Resolved {
  readonly configuration: Configuration;
  readonly origins: Readonly<Record<SettingName, Origin>>;
}

/** `tlsPort` → `KONTAKT_TLS_PORT` */
export const environmentName = (name: SettingName): string =>
  `KONTAKT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;

/** `tlsPort` → `--tls-port` */
export const optionName = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** @throws ConfigurationError when one of the members is no setting: a word that is misspelt must not be lost */
const checkNames = (content: object): void => {
  const unknown = Object.keys(content).find((key) => !Object.hasOwn(settings, key));
  if (unknown !== undefined)
    throw new ConfigurationError(`there is no setting "${unknown}"; ${meantBy(unknown, settingNames)}`);
};

/** Where verbs find a running emulator: the value of `--url`. Who starts one goes by its settings alone. */
export const URL_VARIABLE = 'KONTAKT_URL';

/** Variables of the tests, which may stand in the environment of a program that they start. */
const OTHER_VARIABLES = ['KONTAKT_INTEROP'];

/** @throws ConfigurationError when a variable looks like a setting and is none */
const checkVariables = (environment: Readonly<Record<string, string | undefined>>): void => {
  const known = [...settingNames.map(environmentName), URL_VARIABLE];
  const unknown = Object.keys(environment).find(
    (name) => name.startsWith('KONTAKT_') && !known.includes(name) && !OTHER_VARIABLES.includes(name),
  );
  if (unknown !== undefined)
    throw new ConfigurationError(
      `the environment has ${unknown}, which is no setting; ${meantBy(unknown, known)}`,
    );
};

const readFile = (file: string | undefined): Record<string, unknown> => {
  const path = file ?? 'kontakt.config.json';
  if (!existsSync(path)) {
    if (file) throw new ConfigurationError(`configuration file ${file} does not exist`);
    return {};
  }
  try {
    const read = parseJson(readFileSync(path));
    if ('fault' in read) throw new Error(read.fault);
    const content = read.json;
    if (typeof content !== 'object' || content === null || Array.isArray(content))
      throw new Error('not an object');
    checkNames(content);
    return content as Record<string, unknown>;
  } catch (error) {
    throw new ConfigurationError(`configuration file ${path}: ${reasonOf(error)}`);
  }
};

/** The option of a setting, or its key where it has none; what is no setting is an option of a verb. */
const optionOf = (name: string): string => {
  if (!Object.hasOwn(settings, name)) return optionName(name);
  const { option, flags } = settings[name as SettingName];
  return option === undefined ? `"${name}"` : (flags?.split(',')[0] ?? optionName(name));
};

/** How the command line names a setting. */
export const asOption: Naming = (setting, value) => {
  const name = optionOf(setting);
  return value === undefined ? name : `${name} ${value}`;
};

/** How whoever gave a setting wrote it. */
const labelOf = (setting: SettingName, origin: Origin, name: Naming): string => {
  if (origin === 'environment') return environmentName(setting);
  return origin === 'file' ? `"${setting}"` : name(setting);
};

/**
 * Resolves the configuration.
 *
 * @param given what the command line or the library's caller gave
 * @param file path of the configuration file; undefined: `kontakt.config.json` where it exists; null: none
 * @throws ConfigurationError with one clear line
 */
export const resolveConfiguration = (
  given: ConfigurationInput,
  environment: Readonly<Record<string, string | undefined>>,
  file?: string | null,
): Resolved => {
  checkVariables(environment);
  const fromFile = file === null ? {} : readFile(file);
  const values: Record<string, unknown> = {};
  const origins = Object.fromEntries(settingNames.map((name) => [name, 'default'])) as Record<
    SettingName,
    Origin
  >;
  for (const name of settingNames) {
    const candidates: [Origin, unknown][] = [
      ['command line', given[name]],
      ['environment', environment[environmentName(name)]],
      ['file', fromFile[name]],
    ];
    const [origin, value] = candidates.find(([, candidate]) => candidate !== undefined) ?? [
      'default' as const,
      settings[name].value,
    ];
    origins[name] = origin;
    values[name] = value;
  }
  const parsed = settingsSchema.safeParse(values);
  if (parsed.success) return { configuration: parsed.data, origins };
  const issue = parsed.error.issues[0];
  const setting = issue?.path[0] as SettingName;
  const { secret, help } = settings[setting];
  const value = shownOf(setting, values[setting]);
  const origin = origins[setting];
  // A program may give what has no option.
  const purpose = origin === 'command line' ? help : helpOf(setting);
  const shown = secret ? 'it' : typeof value === 'string' ? value : JSON.stringify(value);
  throw new ConfigurationError(
    (name) => `${labelOf(setting, origin, name)}: ${shown} cannot be used; ${purpose}`,
  );
};

/**
 * Resolves what a program gives, and nothing else: no environment, no configuration file.
 *
 * @throws ConfigurationError with one clear line
 */
export const resolveOptions = (options: ConfigurationInput): Configuration => {
  checkNames(options);
  return resolveConfiguration(options, {}, null).configuration;
};
