// Who switches the emulator sees and tells only what is stored: over the control interface, and from the program around it.

import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import fastify from 'fastify';
import { createControl } from '../../src/control/control.ts';
import { createDirectory } from '../../src/control/directory.ts';
import { createEvents } from '../../src/control/events.ts';
import { mountControl } from '../../src/control/routes.ts';
import { controlCountries, tablesOf } from '../../src/emulator/contracts.ts';
import { openRegisters } from '../../src/emulator/registers.ts';
import { shareClock, turningShared } from '../../src/emulator/shared-clock.ts';
import { createHostRule } from '../../src/http/host.ts';
import { createHistory } from '../../src/journal/history.ts';
import { createClock } from '../../src/kernel/clock.ts';
import { keep, persons } from '../../src/kontaktregister/register/store.ts';
import { parseSeeds } from '../../src/seeds/content.ts';
import { seedSource } from '../../src/seeds/source.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Write } from '../../src/store/engine.ts';
import { openEngine } from '../../src/store/open.ts';
import { newJournal } from '../journal/new-journal.ts';
import { aPerson } from '../kontaktregister/circumstances.ts';
import { control, DIGIPOST, post, startRunning, unsigned } from '../running.ts';
import { accepted, writing } from '../store/contract/verbs.ts';
import { storedIn } from '../told.ts';

const PERSON = '12838410985';
/** A person whom nobody asks for, but whom everybody's lists have. */
const BEGUN = '31813022543';
/** A step of a long change after which others are heard. */
const STEP: readonly Write[] = Array.from({ length: 500 }, () => persons.remove('nobody'));

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
    it(`is ${method} ${path}: what others have begun is stored before it tells`, async () => {
      const clock = createClock();
      const now = (): number => clock.now('register');
      const settings = resolveOptions({});
      const engine = openEngine(
        { directory: undefined, durability: 'crash', real: clock.real },
        tablesOf(settings),
      );
      const source = seedSource('standard', undefined);
      const registers = await openRegisters({ engine, now, settings }, source);
      const found: boolean[] = [];
      let stored = false;
      /** A list, which is told piece by piece. */
      const noting = async function* (list: Readable): AsyncGenerator<unknown> {
        for await (const piece of list) {
          found.push(stored);
          yield piece;
        }
      };
      const app = fastify();
      const journal = newJournal(now);
      // Somebody's change has begun in the same turn that the switch is thrown in.
      app.addHook('preValidation', async () => {
        stored = false;
        const change = engine.change(writing(keep(aPerson({ id: BEGUN }), now(), { cause: 'test' })));
        void change.then(async (made) => {
          if (!('loss' in made)) stored = (await accepted(made).durable) === undefined;
        });
      });
      app.addHook('onSend', async (_request, _reply, body) => {
        if (body instanceof Readable) return Readable.from(noting(body));
        found.push(stored);
        return body;
      });
      const events = createEvents();
      mountControl(app, {
        events,
        control: createControl({
          engine,
          events,
          clock,
          turn: turningShared(shareClock(clock, engine), clock),
          journal,
          history: createHistory(journal),
          explain: () => assert.fail('nothing is to be explained'),
          explainUnder: () => assert.fail('nothing is to be explained'),
          octets: () => assert.fail('no octets are wanted'),
          tree: () => assert.fail('no tree is wanted'),
          others: false,
          exported: () => assert.fail('nothing is to be exported'),
          certificates: { clients: () => [], file: async () => undefined, issue: async () => {} },
          organisationOf: () => undefined,
          profiles: { names: [], services: () => [], set: async () => {} },
          countries: controlCountries(registers.countries, engine),
          contract: async () => ({}),
          info: async () => ({}),
          reset: () => registers.restart(() => source.again('all')),
          addSeed: (content) => registers.add(parseSeeds(content, 'content')),
        }),
        access: { token: undefined, hosts: createHostRule({ host: '127.0.0.1', allowHost: [] }) },
        directory: createDirectory([], [], {
          publicUrl: undefined,
          own: () => 'http://localhost',
          tlsPort: () => 0,
        }),
        own: () => 'http://localhost',
        page: undefined,
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
      assert.ok(found.length > 0 && found.every((one) => one));

      // While somebody has the register to himself, as a reset of many persons has, it says so.
      let over = false;
      const long = engine.exclusive('the register is being reset', function* () {
        while (!over) yield STEP;
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
      await engine.close();
    });
  }

  it('is a reset by the program in the middle of others’ calls: when it returns, it is stored', async () => {
    const emulator = await startRunning({ profile: 'none' });
    const { url, configuration } = emulator;
    const mailboxes = (): unknown =>
      storedIn(configuration.data, persons.name)
        .map((body) => JSON.parse(body) as { readonly id: string; readonly mailboxes: readonly unknown[] })
        .find(({ id }) => id === PERSON)?.mailboxes;
    const { json } = await control(url, 'GET', `/persons/no/${PERSON}`);
    assert.deepEqual((json as { postkasser: unknown[] }).postkasser, []);
    const values = { personidentifikator: PERSON, postkasseleverandoerOrgNummer: DIGIPOST };
    const envelope = unsigned('OpprettPostkasse', { ...values, postkasseadresse: 'kari.testesen#1A2B' });
    const found: unknown[] = [];
    const call = async (): Promise<void> => {
      for (let round = 0; round < 10; round += 1) {
        await post(url, envelope);
        await emulator.reset();
        found.push(mailboxes());
      }
    };
    await Promise.all(Array.from({ length: 8 }, call));
    await emulator.close();
    assert.equal(found.length, 80);
    for (const one of found) assert.deepEqual(one, []);
  });
});
