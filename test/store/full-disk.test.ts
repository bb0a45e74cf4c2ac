// A disk that is full, played by a limit on the size of files: a clear word, and nothing damaged afterwards.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { type Ended, kontakt, PROGRAM, runCommand, serve } from '../program.ts';
import { control } from '../running.ts';
import { assertIntact, assertRefused, closedDirectory, stop } from './damage.ts';

/** Runs `kontakt` where no file may grow beyond a size. */
const kontaktWithin = (kibibytes: number, args: readonly string[]): Promise<Ended> => {
  const script = `ulimit -f ${kibibytes}; trap "" XFSZ; exec "$@"`;
  return runCommand('bash', ['-c', script, 'bash', process.execPath, PROGRAM, ...args]);
};
const serveArgs = (data: string): string[] => [
  'serve',
  '--port',
  '0',
  '--tls-port',
  '0',
  '--log',
  'silent',
  '--data',
  data,
];

const MAILBOX = { leverandoer: '984661185', adresse: 'kari.testesen#1A2B', aktiv: true };

describe('on a full disk', () => {
  const FULL = /the disk (?:is full|failed to read or write it \(is it full\?\))/;

  it('a new register is refused in one line, and can be made when there is room', async () => {
    for (const kibibytes of [0, 40]) {
      const data = await newDataDirectory();
      assertRefused(await kontaktWithin(kibibytes, serveArgs(data)), FULL);
      assert.equal((await kontakt(['person', 'list', '--data', data])).code, 0);
      assertIntact(data);
    }
  });

  it('new certificates are refused in one line', async () => {
    const data = join(newDirectory(), 'data');
    assert.equal((await kontakt(['person', 'list', '--data', data])).code, 0);
    assertRefused(await kontaktWithin(0, serveArgs(data)), FULL);
    assertIntact(data);
  });

  it('a change is refused in one line, and can be made when there is room', async () => {
    const data = await closedDirectory();
    const list = ['person', 'list', '--json', '--data', data];
    const { stdout: before } = await kontakt(list);
    const add = ['person', 'add', '14897410894', '--reserved', '--data', data];
    assertRefused(await kontaktWithin(0, add), FULL);
    assertIntact(data);
    assert.equal((await kontakt(list)).stdout, before);
    assert.equal((await kontakt(add)).code, 0);
    const shown = await kontakt(['person', 'show', '14897410894', '--data', data]);
    assert.match(shown.stdout, /"reservert": true/);
    assertIntact(data);
  });

  it('a running emulator refuses a change with the reason, and goes on reading', async () => {
    const data = await closedDirectory();
    const script = `ulimit -S -f 200; trap "" XFSZ; exec "$@"`;
    const serving = await serve(['--data', data], {}, ['bash', '-c', script, 'bash']);
    const { json } = await control(serving.url, 'GET', '/persons');
    const { persons } = json as { persons: { id: string }[] };
    const large = { postkasser: [{ ...MAILBOX, sertifikat: Buffer.alloc(400_000).toString('base64') }] };
    const [{ id = '' } = {}] = persons;
    const refused = await control(serving.url, 'PUT', `/persons/no/${id}`, large);
    assert.equal(refused.http, 500);
    assert.match((refused.json as { detail: string }).detail, FULL);
    assert.deepEqual((await control(serving.url, 'GET', '/persons')).json, json);
    await stop(serving);
    assertIntact(data);
  });
});
