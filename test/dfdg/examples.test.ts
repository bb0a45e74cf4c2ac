// Every operation with its examples, and the way of a citizen from saving to verified.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { control, startRunning } from '../running.ts';
import { actors, call, journalOf, operationOf, outcome, services, textsOf, validAnswer } from './calling.ts';
import { MAIL } from './mistakes.ts';
import { E_MAIL, jobnetCall, outboxOf, prepare, verify } from './story.ts';

describe('an operation of the Danish services', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());
  beforeEach(() => emulator.reset());

  for (const service of ['jobnet', 'reminder'] as const)
    for (const { name, examples, response } of services[service].operations)
      it(`${name} (${service}) answers its examples as the schema says`, async () => {
        for (const example of examples) {
          await emulator.reset();
          const code =
            service === 'jobnet' && name !== 'SavePersonContactData' ? await prepare(emulator) : '';
          if (name === 'UpdatePersonContactDataStatus')
            await call(emulator, service, 'SavePersonContactData');
          const values =
            name === 'VerifyPersonContactData' ? { ...example, VerificationCode: code } : example;
          const reply = await call(emulator, service, name, { values });
          assert.equal(reply.http, 200, reply.body);
          assert.equal(validAnswer(service, reply), response.name);
          assert.equal(textsOf(reply, 'status')[0], 'OK');
          assert.match(textsOf(reply, 'ServiceRequestLogReferenceIdentifier')[0] ?? '', /^[0-9a-f-]{36}$/);
          const { result, problem } = await journalOf(emulator, reply);
          assert.deepEqual({ result, problem }, { result: 'OK', problem: undefined });
        }
      });

  it('takes the SOAPAction of the WSDL, and a certificate of each kind for its own citizens', async () => {
    const { action } = operationOf('reminder', 'GetPersonContactData');
    for (const client of ['star', 'akasse', 'kommune', 'jobcenter'] as const) {
      const headers = { soapaction: `"${action}"` };
      const reply = await call(emulator, 'reminder', 'GetPersonContactData', { client, headers });
      assert.equal(outcome(reply), 'OK', client);
    }
    assert.equal(outcome(await call(emulator, 'jobnet', 'GetPersonContactData', { client: 'star' })), 'OK');
  });

  it('finds by number and address only the caller’s own citizens', async () => {
    const find = async (
      client: 'star' | 'kommune' | 'akasse',
      name: string,
      values: Record<string, string>,
    ) =>
      textsOf(
        await call(emulator, 'reminder', name, { client, values }),
        'PersonCivilRegistrationIdentifier',
      );
    const mobile = { MobileNumberIdentifier: '+4534412313' };
    assert.deepEqual(await find('star', 'GetPersonByMobilePhoneNumber', mobile), [
      '0202518583',
      '1608495963',
    ]);
    assert.deepEqual(await find('kommune', 'GetPersonByMobilePhoneNumber', mobile), ['0202518583']);
    const email = { EmailAddressIdentifier: 'Familien.Faelles@example.dk' };
    assert.deepEqual(await find('star', 'GetPersonByEmailAddress', email), ['1212406682', '2305547819']);
    assert.deepEqual(await find('akasse', 'GetPersonByEmailAddress', email), ['1212406682']);
  });

  it('saves, sends a code, verifies by it, and reads the status back', async () => {
    const code = await prepare(emulator);
    const [message] = await outboxOf(emulator);
    assert.deepEqual(
      [message?.citizen, message?.channel, message?.address],
      ['1403455896', 'email', MAIL.PersonContactData],
    );
    assert.match(code, /^\d{6}$/);
    const wrong = code === '000000' ? '000001' : '000000';
    assert.equal(outcome(await verify(emulator, wrong)), '9241');
    const verified = await verify(emulator, code);
    assert.equal(outcome(verified), 'OK');
    assert.deepEqual(textsOf(verified, 'CodeListItemIdentifier'), ['2']);
    const read = await call(emulator, 'reminder', 'GetPersonContactData');
    assert.equal(textsOf(read, 'PersonContactData').at(-1), MAIL.PersonContactData);
    assert.deepEqual(textsOf(read, 'CodeListItemIdentifier'), ['3', '2']);
    assert.equal(outcome(await verify(emulator, code)), '9247');
  });

  it('never returns the code to the caller, nor keeps it in the journal', async () => {
    await prepare(emulator);
    const reply = await jobnetCall(emulator, 'GetVerificationCode', {
      PersonContactDataTypeIdentifier: E_MAIL,
    });
    assert.deepEqual(textsOf(reply, 'VerificationCode'), []);
    const [message] = await outboxOf(emulator);
    assert.ok(message && !reply.body.includes(message.code));
  });

  it('refuses a code after 16 minutes by the emulator’s clock, and one tried too often', async () => {
    const code = await prepare(emulator);
    await control(emulator.url, 'PUT', '/clock', { advance: 'PT16M' });
    assert.equal(outcome(await verify(emulator, code)), '9243');
    await emulator.reset();
    const next = await prepare(emulator);
    for (let attempt = 0; attempt < 5; attempt += 1)
      assert.equal(outcome(await verify(emulator, 'nothing')), '9241');
    assert.equal(outcome(await verify(emulator, next)), '9244');
  });

  it('removes by an empty value, by xsi:nil and by leaving the value out', async () => {
    const nil = '<m:PersonContactData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>';
    for (const form of ['<m:PersonContactData/>', '<m:PersonContactData></m:PersonContactData>', nil, '']) {
      await emulator.reset();
      assert.equal(outcome(await jobnetCall(emulator, 'SavePersonContactData', MAIL)), 'OK');
      const edit = (text: string): string =>
        text.replace(`<m:PersonContactData>${MAIL.PersonContactData}</m:PersonContactData>`, form);
      const removed = await call(emulator, 'jobnet', 'SavePersonContactData', { values: MAIL, edit });
      assert.equal(outcome(removed), 'OK', removed.body);
      assert.deepEqual(
        textsOf(await jobnetCall(emulator, 'GetPersonContactData'), 'PersonContactData'),
        [],
        form,
      );
    }
  });

  it('names a CV number by its value: +010000001 is the same number', async () => {
    const reply = await jobnetCall(emulator, 'GetPersonContactData', { CvCustomerIdentifier: '+010000001' });
    assert.equal(outcome(reply), 'OK');
  });

  it('is in the access log, reads and refusals too, by the reference of its answer', async () => {
    const read = await call(emulator, 'reminder', 'GetPersonContactData', { client: 'kommune' });
    await call(emulator, 'reminder', 'GetPersonContactData', {
      values: { PersonCivilRegistrationIdentifier: '1305475366' },
    });
    const { json } = await control(emulator.url, 'GET', '/access-log?limit=2');
    const [refused, first] = (json as { accesses: Record<string, unknown>[] }).accesses;
    assert.deepEqual([refused?.result, refused?.citizen], ['1010', '1305475366']);
    assert.equal(first?.reference, textsOf(read, 'ServiceRequestLogReferenceIdentifier')[0]);
    assert.deepEqual(
      [first?.cvr, first?.user, first?.organisationType, first?.result],
      ['90000040', actors.kommune.userIdentifier, 7, 'OK'],
    );
  });
});
