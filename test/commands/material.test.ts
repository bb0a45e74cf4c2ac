// Where kontakt call and kontakt sign take certificates from, and kontakt pki make.

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { assertOneLine, kontakt, type Serving, serve } from '../program.ts';
import { unsigned } from '../running.ts';

const CALL = ['call', 'postkasseleverandoer.KanVelgeSikkerDigitalPostkasse'];
const REST = ['call', 'rest.GetKontaktinformation'];
const NOWHERE = 'http://127.0.0.1:9';

describe('kontakt call and kontakt sign', () => {
  let serving: Serving;
  let folder: string;
  let cwd: string;
  before(async function () {
    this.timeout(60_000);
    folder = join(await newDataDirectory(), 'pki');
    serving = await serve(['--in-memory', '--pki', folder]);
    cwd = newDirectory();
  });
  after(() => serving.child.kill('SIGKILL'));

  it('take what they need from the running emulator, from any folder', async () => {
    for (const args of [CALL, REST]) {
      const ended = await kontakt([...args, '--url', serving.url], { cwd });
      assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    }
    const envelope = join(cwd, 'message.xml');
    writeFileSync(
      envelope,
      unsigned('KanVelgeSikkerDigitalPostkasse', { personidentifikator: '06860671474' }),
    );
    const { stdout, code } = await kontakt(['sign', envelope, '--as', 'eboks', '--url', serving.url], {
      cwd,
    });
    assert.equal(code, 0);
    assert.match(stdout, /BinarySecurityToken/);
    assert.deepEqual(readdirSync(cwd), ['message.xml']);
  }).timeout(60_000);

  it('with --in-memory do so by the command that the start-up text shows', async () => {
    const inMemory = await serve(['--in-memory'], { cwd });
    const [, command = ''] = /^ +(?:npx )?kontakt (call .*)$/m.exec(inMemory.banner) ?? [];
    const { code, stdout, stderr } = await kontakt(command.split(' '), { cwd: newDirectory() });
    inMemory.child.kill('SIGKILL');
    assert.equal(code, 0, stdout + stderr);
  }).timeout(60_000);

  it('take the folder that is named before the emulator, and the one here after it', async () => {
    const stranger = join(newDirectory(), 'other');
    assert.equal((await kontakt(['pki', 'make', stranger])).code, 0);
    const named = await kontakt([...CALL, '--url', serving.url, '--pki', stranger], { cwd });
    assert.equal(named.code, 1);
    assert.match(named.stdout, /trust|chain/i);
    const home = newDirectory();
    mkdirSync(join(home, '.kontakt'));
    cpSync(folder, join(home, '.kontakt', 'pki'), { recursive: true });
    const here = await kontakt([...CALL, '--dry-run', '--url', NOWHERE], { cwd: home });
    assert.equal(here.code, 0, here.stderr);
  }).timeout(60_000);

  it('take any other identity: certificate and key in PEM, or a PKCS#12 file', async () => {
    const client = join(folder, 'clients', 'eboks');
    for (const own of [
      ['--cert', `${client}.pem`, '--key', `${client}.key`],
      ['--p12', `${client}.p12`],
      ['--p12', `${client}-legacy.p12`, '--password', 'changeit'],
    ]) {
      const ended = await kontakt([...CALL, '--url', serving.url, ...own], { cwd });
      assert.equal(ended.code, 0, own.join(' ') + ended.stdout + ended.stderr);
      assert.match(ended.stdout, /as eboks(?:-legacy)?\.p(?:em|12)/);
    }
  }).timeout(60_000);

  it('say in one line what was tried', async () => {
    const client = join(folder, 'clients', 'eboks');
    const other = join(folder, 'clients', 'star');
    for (const [args, told] of [
      [
        ['--url', NOWHERE],
        /no certificates: no emulator answers at .*:9.*pki has none either \(--pki and --data/,
      ],
      [['--url', serving.url, '--as', 'nobody'], /there is no client "nobody"; there are .*digipost/],
      [['--url', serving.url, '--cert', `${client}.pem`], /--cert and --key go together/],
      [
        ['--url', serving.url, '--cert', `${client}.pem`, '--key', `${other}.key`],
        /star\.key is not the key of/,
      ],
      [['--url', serving.url, '--p12', `${client}.p12`, '--password', 'no'], /the password does not open it/],
      [['--url', serving.url, '--p12', `${client}.pem`], /no PKCS#12 file/],
      [['--pki', join(cwd, 'none')], /none has no certificates yet/],
    ] as const) {
      const ended = await kontakt([...CALL, ...args], { cwd });
      assert.notEqual(ended.code, 0);
      assertOneLine(ended, told);
    }
  }).timeout(60_000);
});

describe('a folder of certificates', () => {
  it('is made by kontakt pki make, which says what it made and leaves other folders alone', async () => {
    const folder = join(newDirectory(), 'certificates');
    const made = await kontakt(['pki', 'make', folder]);
    assert.equal(made.code, 0, made.stderr);
    for (const part of ['new test certificates', 'trust.p12', `kontakt serve --pki ${folder}`])
      assert.ok(made.stdout.includes(part), part);
    for (const file of ['trust.pem', 'trust.p12', 'clients/digipost.p12', 'ca/issuing.crl'])
      assert.ok(existsSync(join(folder, file)), file);
    assert.match((await kontakt(['pki', 'make', folder])).stdout, /had test certificates already/);
    assert.match((await kontakt(['cert', 'list', '--pki', folder])).stdout, /digipost +984661185/);

    const source = newDirectory();
    writeFileSync(join(source, 'main.c'), '');
    const refused = await kontakt(['pki', 'make', source]);
    assert.equal(refused.code, 2);
    assertOneLine(refused, /holds something else \(main\.c\)/);
    assert.deepEqual(readdirSync(source), ['main.c']);
  }).timeout(60_000);

  it('serves several emulators at once, each with a register of its own', async () => {
    const folder = join(newDirectory(), 'certificates');
    const started = await Promise.all(
      [1, 2].map(() => serve(['--data', join(newDirectory(), 'data'), '--pki', folder])),
    );
    const trusted = await Promise.all(
      started.map(async ({ url }) => (await fetch(`${url}/_emulator/certificates/trust.pem`)).text()),
    );
    for (const { child } of started) child.kill('SIGKILL');
    assert.equal(trusted[0], trusted[1]);
    assert.match(trusted[0] ?? '', /BEGIN CERTIFICATE/);
  }).timeout(60_000);
});
