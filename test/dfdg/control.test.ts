// Danish citizens over the control interface: what is put comes back, and what cannot be kept is said.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator.ts';
import { control, startRunning } from '../running.ts';
import { call, outcome } from './calling.ts';
import { CPR, FORMER } from './circumstances.ts';

const CURRENT = '2406506552';
const ONCE = '2406505319';

describe('Danish citizens over the control interface', () => {
  let emulator: Emulator;
  const ask = (method: string, path: string, body?: unknown) => control(emulator.url, method, path, body);
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());
  beforeEach(() => emulator.reset());

  it('are put, read, listed page by page and removed', async () => {
    const put = { cvCustomerIdentifier: '77', kontaktdata: [{ type: 3, value: 'a@b', status: 2 }] };
    const { http, json } = await ask('PUT', '/persons/dk/1305475366', put);
    assert.equal(http, 200);
    assert.deepEqual((await ask('GET', '/persons/dk/1305475366')).json, json);
    const page = await ask('GET', `/persons?country=dk&limit=1&cursor=${CPR}`);
    assert.deepEqual(
      (page.json as { persons: { id: string }[] }).persons.map(({ id }) => id),
      [FORMER],
    );
    assert.equal((await ask('DELETE', '/persons/dk/1305475366')).http, 204);
    assert.equal((await ask('GET', '/persons/dk/1305475366')).http, 404);
  });

  it('with a CV number or a former number that another one has are refused, not a defect', async () => {
    for (const taken of [{ cvCustomerIdentifier: '10000002' }, { tidligereId: ONCE }]) {
      const { http } = await ask('PUT', '/persons/dk/1305475366', taken);
      assert.ok(http >= 400 && http < 500, `${http} ${JSON.stringify(taken)}`);
    }
    assert.equal((await ask('GET', '/persons/dk/1305475366')).http, 404);
  });

  it('put at a former number are citizens of their own, and leave the other one alone', async () => {
    const before = (await ask('GET', `/persons/dk/${CURRENT}`)).json;
    const contacts = [{ type: 3, value: 'own@example.dk', status: 1 }];
    assert.equal((await ask('PUT', `/persons/dk/${ONCE}`, { kontaktdata: contacts })).http, 200);
    assert.deepEqual((await ask('GET', `/persons/dk/${CURRENT}`)).json, before);
    const { json } = await ask('GET', `/persons/dk/${ONCE}`);
    assert.deepEqual(
      [(json as { id: string }).id, (json as { kontaktdata: unknown }).kontaktdata],
      [ONCE, contacts],
    );
  });

  it('are not listed from the beginning again after a former number', async () => {
    const { http, json } = await ask('GET', `/persons?country=dk&limit=1&cursor=${ONCE}`);
    const [next] = (json as { persons?: { id: string }[] }).persons ?? [];
    assert.ok(http === 400 || next?.id === '0909478111', `${http} ${next?.id}`);
  });

  it('have an outbox that may be asked for all after 0', async () => {
    assert.deepEqual(await ask('GET', '/outbox?after=0').then(({ http }) => http), 200);
    const refused = await ask('GET', '/outbox?after=x');
    assert.equal(refused.http, 400);
    assert.match(JSON.stringify(refused.json), /after/);
  });

  it('lose what was saved, and their outbox, by a reset', async () => {
    assert.equal(outcome(await call(emulator, 'jobnet', 'SavePersonContactData')), 'OK');
    assert.equal(outcome(await call(emulator, 'jobnet', 'GetVerificationCode')), 'OK');
    assert.equal((await ask('POST', '/reset')).http, 200);
    assert.deepEqual((await ask('GET', '/outbox')).json, { messages: [] });
    assert.equal(outcome(await call(emulator, 'jobnet', 'GetVerificationCode')), '9159');
  });
});
