// All settings, joined from the folders whose matter they are, in the order of `--print-config`.

import * as z from 'zod';
import { consoleSettings } from '../console/settings.ts';
import { controlSettings } from '../control/settings.ts';
import { danishSettings } from '../dfdg/settings.ts';
import { exchangeSettings } from '../exchange/settings.ts';
import { httpSettings } from '../http/settings.ts';
import { journalSettings } from '../journal/settings.ts';
import type { Setting } from '../kernel/setting.ts';
import { logSettings } from '../kernel/settings.ts';
import { norwegianSettings } from '../kontaktregister/settings.ts';
import { pkiSettings } from '../pki/settings.ts';
import { securitySettings, unknownProfile } from '../security/settings.ts';
import { storeSettings } from '../store/settings.ts';

const all = {
  ...httpSettings,
  ...storeSettings,
  ...pkiSettings,
  ...securitySettings,
  ...norwegianSettings,
  ...danishSettings,
  ...exchangeSettings,
  ...journalSettings,
  ...controlSettings,
  ...consoleSettings,
  ...logSettings,
};

type All = typeof all;
export type SettingName = keyof All;
export const settings: Readonly<Record<SettingName, Setting>> = all;
export const settingNames = Object.keys(settings) as SettingName[];

/** What a setting is for and, where it has no option, where it is given instead. */
export const helpOf = (name: SettingName): string => {
  const { help, option, secret } = settings[name];
  if (option !== undefined) return help;
  return `${help} (${secret ? 'environment or configuration file' : 'configuration file only'})`;
};

/** A value of a setting as it may be shown: without what is secret. */
export const shownOf = (name: SettingName, value: unknown): unknown => {
  const { secret, shown } = settings[name];
  if (value === undefined) return undefined;
  if (secret) return '(set)';
  return shown && typeof value === 'string' ? shown(value) : value;
};

const shape = Object.fromEntries(settingNames.map((name) => [name, all[name].schema])) as {
  [Name in SettingName]: All[Name]['schema'];
};

export const settingsSchema = z.object(shape).superRefine((chosen, context) => {
  const unknown = unknownProfile(chosen);
  if (unknown) context.addIssue({ code: 'custom', path: [unknown], message: 'no such profile' });
});

/** The effective configuration. */
export type Configuration = Readonly<z.output<typeof settingsSchema>>;
/** What a caller may give: any setting, in the form of the configuration file; undefined counts as not given. */
export type ConfigurationInput = {
  readonly [Name in SettingName]?: z.input<typeof settingsSchema>[Name] | undefined;
};
