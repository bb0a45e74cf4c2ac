// A disk that is full, played by a limit on the size of files: a clear word, and nothing damaged afterwards.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { type Ended, kontakt, PROGRAM, runCommand, serve } from '../program.ts';
import { control, DIGIPOST, post, unsigned } from '../running.ts';
import { readerOf } from '../told.ts';
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
    const large = { postkasser: [{ ...MAILBOX, sertifikat: Buffer.alloc(40_000).toString('base64') }] };
    let before = json;
    let refused: Awaited<ReturnType<typeof control>> | undefined;
    for (const { id } of persons) {
      refused = await control(serving.url, 'PUT', `/persons/no/${id}`, large);
      if (refused.http !== 200) break;
      before = (await control(serving.url, 'GET', '/persons')).json;
    }
    assert.equal(refused?.http, 503);
    assert.match((refused.json as { detail: string }).detail, FULL);
    assert.deepEqual((await control(serving.url, 'GET', '/persons')).json, before);
    await stop(serving);
    assertIntact(data);
  });

  it('every verb of the control interface that changes something says the same, in both countries', async () => {
    const data = await closedDirectory();
    const script = `ulimit -S -f 500; trap "" XFSZ; exec "$@"`;
    const serving = await serve(['--data', data], {}, ['bash', '-c', script, 'bash']);
    const big = { postkasser: [{ ...MAILBOX, sertifikat: Buffer.alloc(30_000).toString('base64') }] };
    // Where nothing changes for a moment, as on a slow machine, there would be room again.
    const reader = readerOf(data);
    let filled = await control(serving.url, 'PUT', '/persons/no/12838410985', big);
    for (let round = 0; filled.http === 200 && round < 100; round += 1)
      filled = await control(serving.url, 'PUT', '/persons/no/12838410985', {
        postkasser: round % 2 === 0 ? [] : big.postkasser,
      });
    const one = { persons: [{ id: '12838410985' }] };
    const requests: readonly (readonly [string, string, unknown])[] = [
      ['PUT', '/persons/no/12838410985', {}],
      ['PUT', '/persons/dk/1403455896', { kommune: 'x'.repeat(30_000) }],
      ['DELETE', '/persons/no/12838410985', undefined],
      ['DELETE', '/persons/dk/1403455896', undefined],
      ['POST', '/seed', one],
      ['POST', '/seed', { citizens: [{ id: '1403455896', kommune: 'y'.repeat(30_000) }] }],
      ['PUT', '/organisations', { providers: [] }],
      ['PUT', '/organisations?country=dk', { organisations: [] }],
      ['POST', '/reminders', { citizen: '3103555034', text: 'x'.repeat(1000) }],
      ['POST', '/reset', undefined],
    ];
    const before = await control(serving.url, 'GET', '/persons');
    for (const [method, path, body] of requests) {
      let answer = await control(serving.url, method, path, body);
      // A small change may still fit into what is left.
      for (let round = 0; answer.http < 300 && round < 50; round += 1)
        answer = await control(serving.url, method, path, body);
      const { status, detail } = answer.json as { status: number; detail: string };
      assert.deepEqual([answer.http, status], [503, 503], `${method} ${path}: ${detail}`);
      assert.match(answer.type, /^application\/problem\+json/);
      assert.match(detail, FULL, `${method} ${path}`);
    }
    assert.deepEqual((await control(serving.url, 'GET', '/persons')).json, before.json);
    reader.close();
    await stop(serving);
    assertIntact(data);
  }).timeout(60_000);

  it('a start after a sudden death is refused in one line, and goes well when there is room', async () => {
    const data = await closedDirectory();
    const serving = await serve(['--data', data]);
    await control(serving.url, 'PUT', '/persons/no/14897410894', {});
    serving.child.kill('SIGKILL');
    await serving.ended;
    for (const kibibytes of [0, 4, 16]) assertRefused(await kontaktWithin(kibibytes, serveArgs(data)), FULL);
    const shown = await kontakt(['person', 'show', '14897410894', '--data', data]);
    assert.equal(shown.code, 0, shown.stderr);
    assertIntact(data);
  }).timeout(60_000);

  it('of changes that come together, those are acknowledged that are stored, and no others', async () => {
    const data = await closedDirectory();
    const script = `ulimit -S -f 500; trap "" XFSZ; exec "$@"`;
    const serving = await serve(['--data', data, '--profile', 'none'], {}, ['bash', '-c', script, 'bash']);
    const { json } = await control(serving.url, 'GET', '/persons');
    const persons = (json as { persons: { id: string; postkasser: unknown[] }[] }).persons.slice(0, 12);
    const acknowledged = new Map<string, string>();
    const refusals = new Set<string>();
    // Each person's mailbox is changed again and again, all at the same time, until the disk is full for each.
    const work = async ({ id }: { id: string }): Promise<void> => {
      for (let round = 0; round < 50; round += 1) {
        const address = `address.${round}#${'x'.repeat(40)}`;
        const values = { personidentifikator: id, postkasseleverandoerOrgNummer: DIGIPOST };
        const envelope = unsigned(round === 0 ? 'OpprettPostkasse' : 'OppdaterPostkasse', {
          ...values,
          postkasseadresse: address,
        });
        const { status } = await post(serving.url, envelope);
        if (status !== 'OK') {
          refusals.add(status);
          return;
        }
        acknowledged.set(id, address);
      }
    };
    await Promise.all(persons.map(work));
    assert.deepEqual([...refusals], ['[U-1000] The register is not available']);
    const { json: entries } = await control(serving.url, 'GET', '/journal?problem=register.unavailable');
    assert.match(
      (entries as { entries: { explanation: { found: string } }[] }).entries[0]?.explanation.found ?? '',
      FULL,
    );
    serving.child.kill('SIGKILL');
    await serving.ended;
    assertIntact(data);
    const database = new Database(join(data, 'register.db'));
    const addresses = database
      .prepare<[], [string, string]>(
        `SELECT no_person.id, mailbox.value ->> 'address' FROM no_person, json_each(body, '$.mailboxes') AS mailbox`,
      )
      .raw()
      .all();
    database.close();
    assert.equal(acknowledged.size, persons.length);
    const stored = new Map(addresses);
    for (const [id, address] of acknowledged) assert.equal(stored.get(id), address);
  }).timeout(60_000);
});
