// kontakt serve: what it prints, which options it refuses, and with which exit code it ends.

import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { assertOneLine, kontakt, type Serving, serve } from '../program.ts';

describe('kontakt serve', () => {
  let serving: Serving;
  let data: string;

  before(async () => {
    data = await newDataDirectory();
    serving = await serve(['--data', data]);
  });
  after(() => serving.child.kill('SIGKILL'));

  it('prints what a newcomer needs, and last the line that says it listens', () => {
    const { banner, url, tlsUrl } = serving;
    assert.match(banner, new RegExp(`\\nlistening http=${url} https=${tlsUrl}\\n$`));
    for (const part of [
      `addresses     ${url}  ${tlsUrl}`,
      ' /ws-postkasseleverandoer-v1?wsdl\n',
      ' /PjakTassWCFtService/1/JobnetPersonNotificationReminderService.svc?wsdl\n',
      ' /v1/openapi.json\n',
      'kontakt journal last ',
      `console       ${url}/  (in a browser`,
      join(data, 'pki'),
      join(data, 'register.db'),
      'profile observed',
      'changeit',
      ` --as digipost --url ${url}`,
    ])
      assert.ok(banner.includes(part), part);
    assert.ok(!banner.includes('\u001b'), 'no colours where nobody looks');
  });

  it('prints less than a screen, in lines of at most 100 columns but for what is to be copied', async () => {
    const cwd = newDirectory();
    const { banner, child } = await serve([], { cwd });
    child.kill('SIGKILL');
    const lines = banner.trimEnd().split('\n');
    assert.ok(lines.length <= 18, banner);
    // The port is not the usual one here, so the command to copy names it.
    for (const line of lines.filter((one) => !one.includes('--url'))) assert.ok(line.length <= 100, line);
    assert.match(banner, /^ {2}certificates {2}\.kontakt\/pki /m);
  });

  it('says on SIGINT and SIGTERM that it stopped, and where the register lies', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const own = await newDataDirectory();
      const { child, ended } = await serve(['--data', own]);
      child.kill(signal);
      const { code, stdout } = await ended;
      assert.equal(code, 0);
      assert.ok(stdout.endsWith(`\nstopped; the register is in ${join(own, 'register.db')}\n`), stdout);
    }
    const { child, ended } = await serve(['--in-memory']);
    child.kill('SIGTERM');
    assert.match((await ended).stdout, /\nstopped; the register was in memory\n$/);
  });

  it('prints a call that works as it stands', async () => {
    const [, command = ''] = /^.*(?:npx )?kontakt (call .*)$/m.exec(serving.banner) ?? [];
    const { code, stdout } = await kontakt(command.split(' '));
    assert.equal(code, 0, stdout);
  });

  it('says in one line that a port is taken, or an address is not of this machine', async () => {
    const { port } = new URL(serving.url);
    for (const option of ['--port', '--tls-port']) {
      const other = option === '--port' ? '--tls-port' : '--port';
      const ended = await kontakt(['serve', option, port, other, '0', '--data', await newDataDirectory()]);
      assert.equal(ended.code, 1);
      assertOneLine(
        ended,
        new RegExp(
          `port ${port} on 127\\.0\\.0\\.1 is in use; choose another with ${option}, or pass ${option} 0 for a free one`,
        ),
      );
    }
    const place = [
      '--data',
      await newDataDirectory(),
      '--host',
      '203.0.113.1',
      '--port',
      '0',
      '--tls-port',
      '0',
    ];
    const ended = await kontakt(['serve', ...place]);
    assert.equal(ended.code, 1);
    assertOneLine(ended, /203\.0\.113\.1 is no address of this machine/);
  });
});

describe('the options of kontakt serve', () => {
  it('are shown with value and origin by --print-config, which starts nothing', async () => {
    const cwd = newDirectory();
    writeFileSync(join(cwd, 'kontakt.config.json'), '{"skew": 7, "host": "::1"}');
    const env = { KONTAKT_PROFILE: 'strict', KONTAKT_CONTROL_TOKEN: 'a-secret-token' };
    const { code, stdout } = await kontakt(['serve', '--port', '1234', '--print-config'], { cwd, env });
    assert.equal(code, 0);
    for (const line of [
      /^--port +1234 +command line /m,
      /^--profile +strict +environment /m,
      /^--skew +7 +file /m,
      /^--data +\.kontakt +default /m,
      /^controlToken +\(set\) +environment /m,
    ])
      assert.match(stdout, line);
    assert.doesNotMatch(stdout, /a-secret-token/);
    assert.ok(!existsSync(join(cwd, '.kontakt')));
  });

  it('that cannot be used end it with one line and exit code 2', async () => {
    const directory = newDirectory();
    const missing = join(directory, 'missing.pem');
    for (const [args, reason] of [
      [['--port', 'x'], /--port: x cannot be used/],
      [['--profile', 'lax'], /--profile: lax/],
      [['--replay', 'maybe'], /--replay: maybe/],
      [['--config', join(directory, 'none.json')], /does not exist/],
      [['--server-cert', missing], /--server-cert and --server-key go together/],
      [['--server-cert', missing, '--server-key', missing], /missing\.pem/],
    ] as const) {
      const ended = await kontakt(['serve', '--port', '0', '--tls-port', '0', '--in-memory', ...args]);
      assertOneLine(ended, reason);
      assert.equal(ended.code, 2, args.join(' '));
    }
  });

  it('that point to unusable files are refused in one line', async () => {
    const file = join(newDirectory(), 'file');
    writeFileSync(file, 'nothing');
    for (const [args, reason] of [
      [['--trust', file], /--trust .*no PEM certificate/],
      [['--seed', file], /^kontakt: seed .*JSON/],
      [['--seed', `${file}.json`], /there is no such file/],
      [['--server-cert', file, '--server-key', file], /file/],
    ] as const) {
      const ended = await kontakt(['serve', '--port', '0', '--tls-port', '0', '--in-memory', ...args]);
      assert.notEqual(ended.code, 0);
      assertOneLine(ended, reason);
    }
  });
});

describe('kontakt', () => {
  it('ends unknown verbs, options and arguments with exit code 2', async () => {
    for (const args of [['serf'], ['serve', '--prot', '1'], ['sign'], ['ready', 'x'], ['serve', '--port']]) {
      const { code, stderr } = await kontakt(args);
      assert.equal(code, 2, args.join(' '));
      assert.match(stderr, /^kontakt: [^\n]+\n/);
    }
  });

  it('shows help and version with exit code 0', async () => {
    for (const args of [['--help'], ['serve', '--help'], ['--version']]) {
      const { code, stdout, stderr } = await kontakt(args);
      assert.deepEqual([code, stderr], [0, ''], args.join(' '));
      assert.ok(stdout.length > 4);
    }
  });
});
