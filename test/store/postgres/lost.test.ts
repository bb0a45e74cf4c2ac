// An emulator whose database server is gone: it says so at once and everywhere, and goes on by itself when it is back.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { newDataDirectory } from '../../directories.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { kontakt } from '../../program.ts';
import { control, DIGIPOST, post, unsigned } from '../../running.ts';
import { openEmulator } from '../../starting.ts';
import { type Cluster, makeCluster } from './cluster.ts';

const PERSON = '12838410985';
const CAUSE =
  /^PostgreSQL: (?:nothing answers|there is no socket|the connection to it was lost|it is shutting down|it crashed)/;

describeWith([stacks.postgresql], 'an emulator whose PostgreSQL server is gone', () => {
  let server: Cluster;
  let emulator: Emulator;
  let store: string;

  before(async function () {
    this.timeout(60_000);
    server = makeCluster();
    store = server.database();
    emulator = await openEmulator({
      ...{ port: 0, tlsPort: 0, log: 'silent', profile: 'none' },
      ...{ store, data: await newDataDirectory(), storeTimeout: 30 },
    });
  });
  after(() => emulator?.close());

  const create = (address: string) =>
    post(
      emulator.url,
      unsigned('OpprettPostkasse', {
        personidentifikator: PERSON,
        postkasseleverandoerOrgNummer: DIGIPOST,
        postkasseadresse: address,
      }),
    );
  const isReady = async (): Promise<boolean> => (await control(emulator.url, 'GET', '/ready')).http === 200;
  const becomes = async (ready: boolean): Promise<void> => {
    for (let left = 300; (await isReady()) !== ready && left > 0; left -= 1) await setTimeout(100);
    assert.equal(await isReady(), ready);
  };
  const listed = async (): Promise<string[]> => {
    const { json } = await control(emulator.url, 'GET', '/journal');
    return (json as { entries: { id: string }[] }).entries.map(({ id }) => id);
  };
  /** The exchanges as the database has them. */
  const kept = (): string[] =>
    server.sql(store, 'SELECT id FROM kontakt.journal_exchange ORDER BY place DESC');
  /** @returns the exchange that was refused */
  const assertRefusing = async (): Promise<string> => {
    const { status, journal } = await create('kari.testesen#0000');
    assert.equal(status, '[U-1000] The register is not available');
    const { json } = await control(emulator.url, 'GET', `/journal/${journal}`);
    const { problem, explanation } = json as { problem: string; explanation: { found: string } };
    assert.equal(problem, 'register.unavailable');
    assert.match(explanation.found, CAUSE);
    for (const [method, path, body] of [
      ['GET', '/ready', undefined],
      ['GET', `/persons/no/${PERSON}`, undefined],
      ['PUT', `/persons/no/${PERSON}`, {}],
      ['PUT', '/organisations', { providers: [] }],
      ['PUT', '/clock', { advance: 'P1D' }],
      ['POST', '/seed', { persons: [{ id: PERSON }] }],
      ['POST', '/reset', undefined],
    ] as const) {
      const answer = await control(emulator.url, method, path, body);
      assert.equal(answer.http, 503, `${method} ${path}: ${JSON.stringify(answer.json)}`);
      assert.match((answer.json as { detail: string }).detail, /PostgreSQL: [^\n]+/, `${method} ${path}`);
    }
    assert.equal((await control(emulator.url, 'GET', '/health')).http, 200);
    const ready = await kontakt(['ready', '--url', emulator.url]);
    assert.equal(ready.code, 1);
    assert.match(ready.stderr, /PostgreSQL/);
    assert.equal((await listed())[0], journal, 'the journal is told from memory');
    return journal;
  };

  for (const mode of ['fast', 'immediate'] as const)
    it(`in mode ${mode} refuses everything with the cause, and goes on with all that was acknowledged`, async () => {
      const { status } = await create(`kari.testesen#${mode === 'fast' ? '1111' : '2222'}`);
      assert.equal(status, 'OK');
      const person = await control(emulator.url, 'GET', `/persons/no/${PERSON}`);
      const clock = (await control(emulator.url, 'GET', '/clock')).json as { register: { mode: string } };
      server.stop(mode);
      let away = '';
      try {
        await becomes(false);
        away = await assertRefusing();
      } finally {
        server.start();
      }
      await becomes(true);
      assert.deepEqual((await control(emulator.url, 'GET', `/persons/no/${PERSON}`)).json, person.json);
      const after = (await control(emulator.url, 'GET', '/clock')).json as { register: { mode: string } };
      assert.equal(after.register.mode, clock.register.mode);
      const again = unsigned('SlettPostkasse', {
        personidentifikator: PERSON,
        postkasseleverandoerOrgNummer: DIGIPOST,
      });
      assert.equal((await post(emulator.url, again)).status, 'OK');
      for (let left = 300; !kept().includes(away) && left > 0; left -= 1) await setTimeout(100);
      // What was answered while there was nothing to keep it in is kept now, once and in its order.
      assert.deepEqual(await listed(), kept());
      assert.equal(kept().filter((id) => id === away).length, 1);
    }).timeout(60_000);

  it('stops in order while it is gone', async () => {
    server.stop('immediate');
    await emulator.close();
  }).timeout(60_000);
});
