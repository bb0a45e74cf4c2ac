// Who switches the emulator is in no group of changes: not over the control interface, and not from the program around it.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fastify from 'fastify';
import { createControl } from '../../src/control/control.ts';
import { createDirectory } from '../../src/control/directory.ts';
import { mountControl } from '../../src/control/routes.ts';
import { createHostRule } from '../../src/http/host.ts';
import { createClock } from '../../src/kernel/clock.ts';
import { openRegisters } from '../../src/registers.ts';
import { parseSeeds } from '../../src/seeds/content.ts';
import { seedSource } from '../../src/seeds/source.ts';
import { createCommitGroup } from '../../src/store/group.ts';
import { openStore } from '../../src/store/open.ts';
import { newJournal } from '../journal/new-journal.ts';
import { control, DIGIPOST, post, startRunning, unsigned } from '../running.ts';

const PERSON = '12838410985';

describe('alone', () => {
  const requests: readonly (readonly [
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ])[] = [
    ['GET', '/info'],
    ['GET', '/persons'],
    ['GET', `/persons/no/${PERSON}`],
    ['PUT', `/persons/no/${PERSON}`, {}],
    ['DELETE', `/persons/no/${PERSON}`],
    ['GET', '/outbox'],
    ['GET', '/access-log'],
    ['GET', '/organisations?country=dk'],
    ['PUT', '/organisations', { providers: [] }],
    ['POST', '/seed', { persons: [] }],
    ['POST', '/reset'],
  ];
  for (const [method, path, payload] of requests) {
    it(`is ${method} ${path}: what others have begun is stored before it looks`, async () => {
      const { database, close } = openStore(undefined, 'crash');
      const clock = createClock();
      const now = (): number => clock.now('register');
      const source = seedSource('standard', undefined);
      const registers = openRegisters(database, now, source);
      const group = createCommitGroup(database);
      const found: boolean[] = [];
      const app = fastify();
      // Somebody's change has begun in the same turn that the switch is thrown in.
      app.addHook('preValidation', (_request, _reply, done) => {
        group.join(() => undefined);
        assert.ok(database.inTransaction);
        done();
      });
      app.addHook('onSend', (_request, _reply, _payload, done) => {
        found.push(database.inTransaction);
        done();
      });
      mountControl(app, {
        control: createControl({
          group,
          clock,
          journal: newJournal(now),
          certificates: { clients: () => [], file: async () => undefined },
          ...registers,
          info: () => ({ lastChange: registers.no.store.lastChange() }),
          reset: () => group.exclusive(() => registers.restart(source.again('all'))),
          addSeed: (content) => registers.add(parseSeeds(content, 'content')),
        }),
        access: { token: undefined, hosts: createHostRule({ host: '127.0.0.1', allowHost: [] }) },
        directory: createDirectory([], [], {
          publicUrl: undefined,
          restOverTls: true,
          own: () => 'http://localhost',
          tlsPort: () => 0,
        }),
        stopping: () => false,
        largest: { body: 65_536, seed: 65_536 },
        onDefect: (error) => assert.fail(String(error)),
      });
      const headers = { host: 'localhost' };
      const url = `/_emulator${path}`;
      const { statusCode, body } = await app.inject({
        method,
        url,
        headers,
        ...(payload ? { payload } : {}),
      });
      assert.ok(statusCode < 300, body);
      assert.deepEqual(found, [false]);

      // While somebody has the register to himself, as a reset of many persons has, it says so.
      let over = false;
      const long = group.exclusive(function* () {
        while (!over) yield 500;
      });
      const request = { method, url, headers, ...(payload ? { payload } : {}) };
      const [told, ready, health] = await Promise.all([
        app.inject(request),
        app.inject({ url: '/_emulator/ready', headers }),
        app.inject({ url: '/_emulator/health', headers }),
      ]);
      over = true;
      await long;
      for (const answer of [told, ready]) {
        assert.deepEqual([answer.statusCode, answer.headers['retry-after']], [503, '1'], answer.body);
        assert.match(answer.body, /the register is being reset/);
      }
      assert.equal(health.statusCode, 200);
      assert.ok((await app.inject(request)).statusCode < 405);
      await app.close();
      close();
    });
  }

  it('is a reset by the program in the middle of others’ calls: when it returns, it is stored', async () => {
    const emulator = await startRunning({ profile: 'none' });
    const { url, configuration } = emulator;
    const outside = new Database(join(configuration.data, 'register.db'), { readonly: true });
    const mailboxes = outside.prepare('SELECT count(*) FROM postkasse WHERE person_id = ?').pluck();
    const { json } = await control(url, 'GET', `/persons/no/${PERSON}`);
    assert.deepEqual((json as { postkasser: unknown[] }).postkasser, []);
    const values = { personidentifikator: PERSON, postkasseleverandoerOrgNummer: DIGIPOST };
    const envelope = unsigned('OpprettPostkasse', { ...values, postkasseadresse: 'kari.testesen#1A2B' });
    const found = new Set<unknown>();
    const call = async (): Promise<void> => {
      for (let round = 0; round < 10; round += 1) {
        await post(url, envelope);
        await emulator.reset();
        found.add(mailboxes.get(PERSON));
      }
    };
    await Promise.all(Array.from({ length: 8 }, call));
    outside.close();
    await emulator.close();
    assert.deepEqual([...found], [0]);
  });
});
