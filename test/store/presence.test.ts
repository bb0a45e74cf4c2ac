// A register whose files are taken away while it is in use: nothing is acknowledged that nobody will find again.

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { kontakt } from '../program.ts';
import { control, DIGIPOST, post, unsigned } from '../running.ts';
import { openEmulator } from '../starting.ts';

const PERSON = '12838410985';
const CAUSE = /register\.db(?:-wal)? was deleted, moved or replaced while the emulator runs/;

describe('a data directory that is taken away under a running emulator', () => {
  let data: string;
  let emulator: Emulator;

  const create = (name: 'OpprettPostkasse' | 'SlettPostkasse') =>
    post(
      emulator.url,
      unsigned(name, {
        personidentifikator: PERSON,
        postkasseleverandoerOrgNummer: DIGIPOST,
        ...(name === 'OpprettPostkasse' ? { postkasseadresse: 'kari.testesen#1A2B' } : {}),
      }),
    );

  const assertClosed = async (): Promise<void> => {
    const { status, journal } = await create('OpprettPostkasse');
    assert.equal(status, '[U-1000] The register is not available');
    const { json } = await control(emulator.url, 'GET', `/journal/${journal}`);
    const { problem, explanation } = json as { problem: string; explanation: { found: string } };
    assert.equal(problem, 'register.unavailable');
    assert.match(explanation.found, CAUSE);
    for (const [method, path, body] of [
      ['GET', '/ready', undefined],
      ['PUT', `/persons/no/${PERSON}`, {}],
      ['DELETE', '/persons/dk/1403455896', undefined],
      ['PUT', '/organisations', { providers: [] }],
      ['POST', '/seed', { persons: [{ id: PERSON }] }],
      ['POST', '/reset', undefined],
    ] as const) {
      const answer = await control(emulator.url, method, path, body);
      assert.equal(answer.http, 503, `${method} ${path}`);
      assert.match((answer.json as { detail: string }).detail, CAUSE, `${method} ${path}`);
    }
    await assert.rejects(emulator.reset(), CAUSE);
    const ready = await kontakt(['ready', '--url', emulator.url]);
    assert.equal(ready.code, 1);
    assert.match(ready.stderr, CAUSE);
  };

  beforeEach(async () => {
    data = await newDataDirectory();
    emulator = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', data, profile: 'none' });
    assert.equal((await create('OpprettPostkasse')).status, 'OK');
    assert.equal((await create('SlettPostkasse')).status, 'OK');
  });
  afterEach(() => emulator.close());

  it('and deleted refuses every change with the cause, and says that it is not ready', async () => {
    rmSync(data, { recursive: true });
    await assertClosed();
    assert.equal((await control(emulator.url, 'GET', '/health')).http, 200);
    // What is read of it tells of nothing that was refused.
    const { json } = await control(emulator.url, 'GET', `/persons/no/${PERSON}`);
    assert.deepEqual((json as { postkasser: unknown[] }).postkasser, []);
  });

  it('whose register alone is replaced refuses every change', async () => {
    const file = join(data, 'register.db');
    copyFileSync(file, `${file}.copy`);
    renameSync(`${file}.copy`, file);
    await assertClosed();
  });

  it('whose log alone is deleted refuses every change', async () => {
    rmSync(join(data, 'register.db-wal'));
    await assertClosed();
  });

  it('and put back goes on', async () => {
    const aside = join(newDirectory(), 'aside');
    renameSync(data, aside);
    await assertClosed();
    renameSync(aside, data);
    assert.equal((await control(emulator.url, 'GET', '/ready')).http, 200);
    assert.equal((await create('OpprettPostkasse')).status, 'OK');
    assert.ok(existsSync(join(data, 'register.db')));
  });
});
