// docs/settings.md is made from the settings: DOCS=write npx mocha test/docs/settings.test.ts renews it.

import assert from 'node:assert/strict';
import { z } from 'zod';
import { resolveProfiles } from '../../src/security/profiles/custom-profiles.ts';
import { environmentName, optionName } from '../../src/settings/resolve.ts';
import { type SettingName, settingNames, settings } from '../../src/settings/settings.ts';
import { assertMade, pages, readPage, table } from './pages.ts';

const PAGE = 'docs/settings.md';

const code = (value: unknown): string =>
  value === undefined ? '–' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

const all = (): readonly string[] =>
  table(
    ['key', 'option', 'variable', 'default', 'what it is'],
    settingNames.map((name) => {
      const { option, flags = optionName(name), value, help, secret } = settings[name];
      return [
        code(name),
        option === undefined ? '–' : code(`${flags} ${option}`.trimEnd()),
        // What is an object has no form that fits into a variable.
        option === undefined && !secret ? '–' : code(environmentName(name)),
        code(value),
        help,
      ];
    }),
  );

interface Described {
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
}

const valuesOf = ({ enum: values, minimum, maximum }: Described, usual: unknown): string => {
  if (values) return values.map(code).join(', ');
  if (typeof usual === 'boolean') return '`true`, `false`';
  if (minimum !== undefined) return maximum === undefined ? `from ${minimum}` : `${minimum} to ${maximum}`;
  return Array.isArray(usual) ? 'a list' : 'seconds, 1 to 86400';
};

/** The keys of a setting that is an object. */
const keysOf = (name: SettingName): readonly string[] => {
  const schema = z.toJSONSchema(settings[name].schema, { io: 'input' }) as {
    readonly properties?: Readonly<Record<string, Described>>;
  };
  const usual = settings[name].schema.parse({}) as Readonly<Record<string, unknown>>;
  const rows = Object.entries(schema.properties ?? {}).map(([key, described]) => {
    assert.ok(described.description, `${name}.${key} is described`);
    return [code(key), code(usual[key]), valuesOf(described, usual[key]), described.description];
  });
  assert.ok(rows.length > 0, name);
  return table(['key', 'default', 'values', 'what it is'], rows);
};

describe('docs/settings.md', () => {
  it('has every setting with its option, its variable, its default and its help', () =>
    assertMade(PAGE, 'all settings', all(), 'settings.test.ts'));

  for (const name of ['dfdg', 'limits'] as const)
    it(`has every key of ${name}`, () => assertMade(PAGE, name, keysOf(name), 'settings.test.ts'));
});

describe('the settings on other pages', () => {
  it('can be used as they stand there', () => {
    let seen = 0;
    const text = pages.map(readPage).join('\n');
    const blocks = [...text.matchAll(/^```json\n(.*?)^```$/gms)].map(([, block = '']) => block);
    const inline = [...text.matchAll(/`(\{"\w+": \{.*?\}\})`/g)].map(([, block = '']) => block);
    for (const block of [...blocks, ...inline].filter((one) => one.trim() !== '' && !one.includes('}\n{'))) {
      const content = JSON.parse(block) as Readonly<Record<string, unknown>>;
      if (!Object.keys(content).every((name) => Object.hasOwn(settings, name))) continue;
      seen += 1;
      for (const [name, value] of Object.entries(content)) settings[name as SettingName].schema.parse(value);
      if (content.securityProfiles) resolveProfiles(content.securityProfiles as Record<string, unknown>);
    }
    assert.ok(seen >= 3, `${seen} settings`);
  });
});
