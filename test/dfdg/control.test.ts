// Danish citizens over the control interface: what is put comes back, and what cannot be kept is said.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { assertProblem } from '../control/replies.ts';
import { control, startRunning } from '../running.ts';
import { call, outcome } from './calling.ts';
import { CPR, FORMER } from './circumstances.ts';
import { MAIL } from './mistakes.ts';
import { jobnetCall, verify } from './story.ts';

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

  for (const log of ['outbox', 'access-log'])
    it(`have the log ${log}, of which a hundred rows are told, a thousand at most`, async () => {
      for (const query of ['', '?after=0', '?before=1', '?limit=1000'])
        assert.equal((await ask('GET', `/${log}${query}`)).http, 200, query);
      for (const [query, detail] of [
        ['after=x', /after/],
        ['before=-1', /before/],
        ['before=', /before/],
        ['limit=0', /limit/],
        ['limit=1001', /limit is at most 1000.*before/],
        ['limit=9007199254740991', /limit is at most 1000/],
      ] as const)
        assertProblem(await ask('GET', `/${log}?${query}`), 400, detail);
    });

  it('have logs that are read page by page, the newest row first', async () => {
    const put = { kontaktdata: [{ type: 3, value: 'a@b', status: 2 }], huskeservice: ['cv'] };
    await ask('PUT', '/persons/dk/1305475366', put);
    const numbers = Array.from({ length: 102 }, (_, number) => String(number));
    for (const text of numbers) await ask('POST', '/reminders', { citizen: '1305475366', text });
    const page = async (query = '') =>
      ((await ask('GET', `/outbox${query}`)).json as { messages: { id: number; text: string }[] }).messages;
    const first = await page();
    assert.deepEqual(
      first.map(({ text }) => text),
      numbers.slice(2).reverse(),
    );
    assert.deepEqual(
      (await page(`?before=${first.at(-1)?.id}`)).map(({ text }) => text),
      ['1', '0'],
    );
    assert.deepEqual(await page(`?after=${first[1]?.id}`), [first[0]]);
    await call(emulator, 'reminder', 'GetPersonContactData');
    await call(emulator, 'reminder', 'GetPersonContactData', { client: null });
    const accesses = async (query = '') =>
      ((await ask('GET', `/access-log${query}`)).json as { accesses: { id: number; result: string }[] })
        .accesses;
    const [newest, older] = await accesses();
    assert.deepEqual([newest?.result, older?.result], ['1101', 'OK']);
    assert.deepEqual(await accesses(`?limit=1&before=${newest?.id}`), [older]);
    assert.deepEqual(await accesses(`?after=${older?.id}`), [newest]);
  });

  it('lose what was saved, their outbox, their attempts and the access log by a reset', async () => {
    assert.equal(outcome(await call(emulator, 'jobnet', 'SavePersonContactData')), 'OK');
    assert.equal(outcome(await call(emulator, 'jobnet', 'GetVerificationCode')), 'OK');
    assert.equal((await ask('POST', '/reset')).http, 200);
    assert.deepEqual((await ask('GET', '/outbox')).json, { messages: [] });
    assert.deepEqual((await ask('GET', '/access-log')).json, { accesses: [] });
    assert.equal(outcome(await call(emulator, 'jobnet', 'GetVerificationCode')), '9159');
  });

  it('may try codes again after a reset, and after they are put, but not after a changed value', async () => {
    const save = async (address: string) =>
      assert.equal(
        outcome(await jobnetCall(emulator, 'SavePersonContactData', { ...MAIL, PersonContactData: address })),
        'OK',
      );
    const exhaust = async (): Promise<void> => {
      await save('one@example.dk');
      for (let attempt = 0; attempt < 5; attempt += 1)
        assert.equal(outcome(await verify(emulator, 'wrong')), '9241');
      await save('two@example.dk');
      assert.equal(outcome(await verify(emulator, 'wrong')), '9244');
    };
    await exhaust();
    await emulator.reset();
    await exhaust();
    const put = { cvCustomerIdentifier: '10000001', kontaktdata: [{ type: 3, value: 'a@b' }] };
    assert.equal((await ask('PUT', `/persons/dk/${CPR}`, put)).http, 200);
    assert.equal(outcome(await verify(emulator, 'wrong')), '9241');
  });
});
