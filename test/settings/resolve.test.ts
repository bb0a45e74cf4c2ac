// Settings: which source wins, and every value that cannot be used is told in one line that names its source.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../src/kernel/user-error.ts';
import { asOption, environmentName, optionName, resolveConfiguration } from '../../src/settings/resolve.ts';
import { type ConfigurationInput, settingNames } from '../../src/settings/settings.ts';
import { newDirectory } from '../directories.ts';
import { openEmulator } from '../starting.ts';

const fileWith = (content: unknown): string => {
  const file = join(newDirectory(), 'kontakt.config.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const resolve = (
  given: Record<string, unknown>,
  environment: Record<string, string> = {},
  file: string | null = null,
) => resolveConfiguration(given as ConfigurationInput, environment, file);

/** What the command line would say. */
const told = (resolving: () => unknown): string => {
  try {
    resolving();
  } catch (error) {
    assert.ok(error instanceof ConfigurationError, String(error));
    const line = error.worded(asOption);
    assert.match(line, /^[^\n]+$/);
    return line;
  }
  return assert.fail('it was accepted');
};

describe('a setting', () => {
  it('comes from the command line over the environment over the file over the default', () => {
    const file = fileWith({ port: 3, tlsPort: 3, skew: 3 });
    const environment = { KONTAKT_PORT: '2', KONTAKT_TLS_PORT: '2' };
    const { configuration, origins } = resolve({ port: '1' }, environment, file);
    const { port, tlsPort, skew, host } = configuration;
    assert.deepEqual([port, tlsPort, skew, host], [1, 2, 3, '127.0.0.1']);
    assert.deepEqual(
      [origins.port, origins.tlsPort, origins.skew, origins.host],
      ['command line', 'environment', 'file', 'default'],
    );
  });

  it('has an environment variable and an option that follow from its name', () => {
    assert.equal(environmentName('mailboxCertificate'), 'KONTAKT_MAILBOX_CERTIFICATE');
    assert.equal(optionName('mailboxCertificate'), '--mailbox-certificate');
    for (const name of settingNames) assert.match(environmentName(name), /^KONTAKT_[A-Z_]+$/);
  });

  it('that is misspelt is refused by the library too, with the ones that there are', async () => {
    const options: object = { port: 0, tlsPort: 0, prot: 1 };
    await assert.rejects(
      openEmulator(options),
      (error) =>
        error instanceof ConfigurationError &&
        /^there is no setting "prot"; known are port, tlsPort, /.test(error.message),
    );
  });

  it('that is given as undefined counts as not given', () => {
    assert.equal(resolve({ port: undefined }, { KONTAKT_PORT: '7' }).configuration.port, 7);
  });

  it('is read from text as from JSON', () => {
    for (const [text, value] of [
      ['on', true],
      ['true', true],
      ['1', true],
      ['off', false],
      ['no', false],
      ['0', false],
    ] as const)
      assert.equal(resolve({}, { KONTAKT_DISPLACE: text }).configuration.displace, value, text);
    assert.deepEqual(resolve({}, { KONTAKT_TRUST: 'a,b' }).configuration.trust, ['a', 'b']);
    assert.deepEqual(resolve({}, { KONTAKT_CRLS: 'a,b' }).configuration.crls, ['a', 'b']);
    const { profiles, seed } = resolve(
      {},
      {},
      fileWith({ profiles: { postkasseleverandoer: 'none' }, seed: false }),
    ).configuration;
    assert.deepEqual([profiles, seed], [{ postkasseleverandoer: 'none' }, false]);
  });

  it('has the documented defaults', () => {
    const { port, tlsPort, data, profile, seed, durability, replay, displace } = resolve({}).configuration;
    assert.deepEqual(
      { port, tlsPort, data, profile, seed, durability, replay, displace },
      {
        port: 8080,
        tlsPort: 8443,
        data: '.kontakt',
        profile: 'observed',
        seed: 'standard',
        durability: 'crash',
        replay: true,
        displace: false,
      },
    );
  });

  for (const word of ['off', 'false', 'no', '0']) {
    it(`that switches the seed off does so from the environment too (${word})`, () => {
      assert.equal(resolve({}, { KONTAKT_SEED: word }).configuration.seed, false);
    });
  }
});

describe('a setting that cannot be used', () => {
  const bad: readonly [string, unknown][] = [
    ['port', '-1'],
    ['port', '65536'],
    ['port', 'http'],
    ['port', '80.5'],
    ['tlsPort', 'x'],
    ['host', ''],
    ['data', ''],
    ['inMemory', 'maybe'],
    ['profile', 'lax'],
    ['seed', ''],
    ['publicUrl', 'example'],
    ['log', 'xml'],
    ['maxLifetime', '0'],
    ['maxLifetime', '-5'],
    ['skew', '-1'],
    ['replay', 'perhaps'],
    ['durability', 'none'],
    ['mailboxCertificate', 'trust'],
    ['answerHeaders', '2'],
  ];

  it('is told without its value where that is a secret', () => {
    const message = told(() => resolve({ controlToken: 'short' }));
    assert.match(message, /^"controlToken": it cannot be used; /);
    assert.doesNotMatch(message, /short/);
  });

  it('is told in one line: the option, the value, what it is for', () => {
    for (const [name, value] of bad) {
      const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      assert.ok(
        told(() => resolve({ [name]: value })).startsWith(`${option}: ${value} cannot be used; `),
        name,
      );
    }
  });

  it('is told as another encoding where the file is in one', () => {
    for (const [text, encoding, named] of [
      ['\ufeff{}', 'utf8', /a byte order mark before the JSON/],
      ['\ufeff{}', 'utf16le', /UTF-16, by its byte order mark/],
      ['{"log":"å"}', 'latin1', /bytes that are no UTF-8/],
    ] as const) {
      const file = join(newDirectory(), 'kontakt.config.json');
      writeFileSync(file, Buffer.from(text, encoding));
      assert.match(
        told(() => resolve({}, {}, file)),
        named,
      );
    }
  });

  it('is told with the environment variable or the key it came from', () => {
    assert.match(
      told(() => resolve({}, { KONTAKT_PROFILE: 'lax' })),
      /^KONTAKT_PROFILE: lax cannot/,
    );
    assert.match(
      told(() => resolve({}, {}, fileWith({ profile: 'lax' }))),
      /^"profile": lax cannot/,
    );
  });

  it('and is an empty number is told, not taken for nought', () => {
    for (const name of ['KONTAKT_PORT', 'KONTAKT_TLS_PORT', 'KONTAKT_SKEW'])
      assert.match(
        told(() => resolve({}, { [name]: '' })),
        new RegExp(`^${name}: `),
      );
  });

  it('never shows the control token', () => {
    assert.doesNotMatch(
      told(() => resolve({}, { KONTAKT_CONTROL_TOKEN: 'hunter2' })),
      /hunter2/,
    );
  });

  it('in a file is told with the file: unknown, no JSON, no object, not there', () => {
    for (const [content, reason] of [
      [{ ports: 1 }, /there is no setting "ports"/],
      [{ constructor: 1 }, /there is no setting "constructor"/],
      ['{', /JSON/],
      ['[]', /not an object/],
      ['null', /not an object/],
    ] as const) {
      const file = fileWith(content);
      const line = told(() => resolve({}, {}, file));
      assert.ok(line.startsWith(`configuration file ${file}: `), line);
      assert.match(line, reason);
    }
    assert.match(
      told(() => resolve({}, {}, join(newDirectory(), 'none.json'))),
      /does not exist/,
    );
  });

  it('names a service in profiles that there is not', () => {
    assert.match(
      told(() => resolve({}, {}, fileWith({ profiles: { postkasseleverandoer: 'lax' } }))),
      /^"profiles": /,
    );
  });
});
