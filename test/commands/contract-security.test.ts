// kontakt contract --security: every profile line by line, each line with its tag, and the profiles of one's own.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from '../directories.ts';
import { assertOneLine, type Ended, kontakt } from '../program.ts';

const folder = newDirectory();
const configured = (content: object): string => {
  const file = join(folder, 'kontakt.config.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};
const told = (...args: string[]): Promise<Ended> => kontakt(['contract', '--security', ...args]);

describe('kontakt contract --security', () => {
  it('tells every profile and the service’s own, each line with its tag', async () => {
    const { code, stdout } = await told();
    assert.equal(code, 0);
    const heads = [...stdout.matchAll(/^(\S.*)$/gm)].map(([line]) => line);
    assert.deepEqual(heads.slice(0, 7), [
      ...['profile observed', 'profile strict', 'profile 14-05', 'profile none'],
      'service postkasseleverandoer, as configured: profile observed',
      'service oppslagstjeneste, as configured: profile observed',
      'service oppslagstjeneste-14-05, as configured: profile 14-05',
    ]);
    const lines = [...stdout.matchAll(/^ {2}\S.*$/gm)].map(([line]) => line);
    assert.equal(lines.length, 18 * 6 + 1);
    for (const line of lines) assert.match(line, /^ {2}\S.* {2}\S.* \[(?:documented|observed|assumed)\]$/);
    assert.match(stdout, /^ {2}answer encryption +none \[assumed\]$/m);
  });

  it('prints JSON for scripts', async () => {
    const { profiles, services } = JSON.parse((await told('--json')).stdout);
    assert.deepEqual(
      profiles.map(({ name }: { name: string }) => name),
      ['observed', 'strict', '14-05', 'none'],
    );
    for (const { lines } of [...profiles, ...services])
      for (const { line, value, basis } of lines) assert.ok(line && value && basis);
  });

  it('tells the profiles of a configuration file, what they change, and which service has which', async () => {
    const config = configured({
      profiles: { postkasseleverandoer: 'house' },
      securityProfiles: {
        house: {
          extends: 'strict',
          maxLifetime: 90,
          keyReferences: ['direct', 'thumbprint'],
          answer: { encryption: { content: 'aes256-gcm', keyTransport: 'rsa-oaep-mgf1p' } },
        },
      },
    });
    const { stdout } = await told('--config', config);
    const own = stdout.split(/^service /m)[1] ?? '';
    for (const section of [stdout.split('profile house')[1] ?? '', own]) {
      assert.match(section, /Timestamp lifetime +90 s \[configured\]/);
      assert.match(section, /key references +direct, thumbprint \[configured\]/);
      assert.match(section, /answer encryption +aes256-gcm, rsa-oaep-mgf1p, signed first \[configured\]/);
      assert.match(section, /clock skew +60 s \[assumed\]/);
    }
    assert.match(own, /^postkasseleverandoer, as configured: profile house$/m);
  });

  it('ends with one line where a profile cannot be used', async () => {
    for (const [content, reason] of [
      [{ securityProfiles: { house: { extends: 'stict' } } }, /house: it extends "stict"/],
      [{ securityProfiles: { house: { answer: { digest: 'md5' } } } }, /house: answer\.digest: .*"md5"/],
      [{ profile: 'house' }, /"profile": house cannot be used/],
    ] as const) {
      const ended = await told('--config', configured(content));
      assert.equal(ended.code, 2);
      assertOneLine(ended, reason);
    }
  });
});
