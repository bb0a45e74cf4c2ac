// Reminders: who gets one, by which channels, and why somebody gets none.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { control, startRunning } from '../running.ts';
import { textsOf } from './calling.ts';
import { jobnetCall, outboxOf, prepare, verify } from './story.ts';

const SUBSCRIBED = '2004447541';
const PLAIN = '1403455896';
const FRESH = '1305475366';
const TEXT = 'Husk din samtale i morgen kl. 9';
const PHONE = { type: 1, value: '20123456' };
const LINE = { type: 2, value: '33123456', status: 2 };
const MAIL = { type: 3, value: 'husk@example.dk' };

describe('a reminder', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());
  beforeEach(() => emulator.reset());

  const remind = (citizen: string, more: object = {}) =>
    control(emulator.url, 'POST', '/reminders', { citizen, text: TEXT, ...more });
  const put = async (citizen: object, id = FRESH): Promise<void> => {
    const { http, json } = await control(emulator.url, 'PUT', `/persons/dk/${id}`, citizen);
    assert.equal(http, 200, JSON.stringify(json));
  };
  /** Why none was sent; that really none was is looked up. */
  const refusal = async (citizen: string, more: object = {}): Promise<[number, string]> => {
    const { http, type, json } = await remind(citizen, more);
    assert.match(type, /problem\+json/);
    assert.deepEqual(await outboxOf(emulator), []);
    return [http, (json as { detail: string }).detail];
  };

  it('goes to the verified mobile number and the verified e-mail address, and stays in the outbox', async () => {
    await put({
      kontaktdata: [{ ...PHONE, status: 2 }, LINE, { ...MAIL, status: 2 }],
      huskeservice: ['interview'],
    });
    const now = '2026-05-04T08:00:00.000Z';
    await control(emulator.url, 'PUT', '/clock', { now });
    const { http, json } = await remind(FRESH, { subscription: 'interview' });
    assert.equal(http, 200);
    const rows = await outboxOf(emulator);
    assert.deepEqual(
      rows.map(({ id: _, ...row }) => row as unknown),
      [
        { channel: 'email', address: MAIL.value },
        { channel: 'sms', address: PHONE.value },
      ].map((way) => ({ at: now, citizen: FRESH, ...way, kind: 'reminder', code: null, text: TEXT })),
    );
    assert.deepEqual(
      (json as { messages: { address: string }[] }).messages.map(({ address }) => address),
      [PHONE.value, MAIL.value],
    );
  });

  it('is not sent where nothing is verified, and says so', async () => {
    for (const status of [1, 3]) {
      await put({
        kontaktdata: [{ ...PHONE, status }, LINE, { ...MAIL, status }],
        huskeservice: ['interview'],
      });
      const [http, detail] = await refusal(FRESH);
      assert.equal(http, 409);
      assert.match(detail, /verified/);
    }
    await put({
      kontaktdata: [
        { ...PHONE, status: 2 },
        { ...MAIL, status: 1 },
      ],
      huskeservice: ['cv'],
    });
    assert.equal((await remind(FRESH)).http, 200);
    assert.deepEqual(
      (await outboxOf(emulator)).map(({ address }) => address),
      [PHONE.value],
    );
  });

  it('reaches an address from the moment it is verified, and no more when it is changed', async () => {
    await put({ cvCustomerIdentifier: '10000001', huskeservice: ['plan'] }, PLAIN);
    const code = await prepare(emulator);
    assert.equal((await remind(PLAIN)).http, 409);
    assert.deepEqual(textsOf(await verify(emulator, code), 'status'), ['OK']);
    assert.equal((await remind(PLAIN)).http, 200);
    const [newest] = await outboxOf(emulator);
    assert.deepEqual([newest?.kind, newest?.text], ['reminder', TEXT]);
    await jobnetCall(emulator, 'SavePersonContactData', {
      PersonContactData: 'another@example.dk',
      PersonContactDataTypeIdentifier: '3',
    });
    assert.equal((await remind(PLAIN)).http, 409);
  });

  it('needs a subscription, and the one that is named', async () => {
    await put({ kontaktdata: [{ ...MAIL, status: 2 }], huskeservice: [] });
    assert.deepEqual(
      [(await refusal(FRESH))[0], /no huskeservice subscription/.test((await refusal(FRESH))[1])],
      [409, true],
    );
    await put({ kontaktdata: [{ ...MAIL, status: 2 }], huskeservice: ['cv', 'plan'] });
    const [http, detail] = await refusal(FRESH, { subscription: 'interview' });
    assert.equal(http, 409);
    assert.match(detail, /interview.*cv, plan/);
    assert.equal((await remind(FRESH, { subscription: 'plan' })).http, 200);
  });

  it('is not sent to the dead, nor to nobody', async () => {
    await put({ doed: true, kontaktdata: [{ ...MAIL, status: 2 }], huskeservice: ['cv'] });
    assert.match((await refusal(FRESH)).join(' '), /^409 .*dead/);
    assert.match((await refusal('0000000000')).join(' '), /^404 .*0000000000/);
  });

  it('to a former number reaches the citizen under the current one', async () => {
    await put({ tidligereId: '0303417777', kontaktdata: [{ ...MAIL, status: 2 }], huskeservice: ['cv'] });
    assert.equal((await remind('0303417777')).http, 200);
    assert.deepEqual(
      (await outboxOf(emulator)).map(({ citizen }) => citizen),
      [FRESH],
    );
  });

  it('asked for in a form that is none is refused with the member that is wrong', async () => {
    for (const [body, member] of [
      [{}, /citizen/],
      [{ citizen: SUBSCRIBED }, /text/],
      [{ citizen: SUBSCRIBED, text: '' }, /text/],
      [{ citizen: SUBSCRIBED, text: 'x'.repeat(1001) }, /text/],
      [{ citizen: SUBSCRIBED, text: TEXT, chanel: 'sms' }, /chanel/],
      [[], /reminder/],
    ] as const) {
      const { http, json } = await control(emulator.url, 'POST', '/reminders', body);
      assert.equal(http, 400);
      assert.match((json as { detail: string }).detail, member);
    }
    assert.deepEqual(await outboxOf(emulator), []);
  });

  it('has a subscription behind it that a seed or a PUT names once, by a name', async () => {
    for (const huskeservice of [[''], ['cv', 'cv']]) {
      const { http, json } = await control(emulator.url, 'PUT', `/persons/dk/${FRESH}`, { huskeservice });
      assert.equal(http, 400);
      assert.match((json as { detail: string }).detail, /huskeservice/);
    }
  });
});
