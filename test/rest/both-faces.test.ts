// One register behind two faces: what one of SOAP and REST does, the other sees.

import assert from 'node:assert/strict';
import { writeDanishRequest } from '../../src/client/danish.ts';
import { jobnet, reminder } from '../../src/dfdg/soap/services.ts';
import { actors } from '../dfdg/calling.ts';
import {
  BASE,
  type Call,
  EMAIL,
  MOBILE,
  openStation,
  type RestReply,
  registered,
  rowsOf,
  type Station,
} from './client.ts';

const CPR = '1403455896';
const CV = '10000001';

const valuesIn = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?>([^<]*)(?=<)`, 'g'))].map(
    ([, text]) => text ?? '',
  );

/** The rows of a GetPersonContactData answer, as [type, value, status]. */
const rowsIn = (xml: string): unknown[] => {
  const values = valuesIn(xml, 'PersonContactData').filter((text) => text.trim() !== '');
  const codes = valuesIn(xml, 'CodeListItemIdentifier').map(Number);
  return values.map((value, index) => [codes[2 * index], value, codes[2 * index + 1]]);
};

describe('SOAP and REST, one register', () => {
  let station: Station;
  before(async () => {
    station = await openStation();
  });
  beforeEach(() => station.emulator.reset());
  after(() => station.close());

  const send = async (
    service: typeof reminder,
    client: 'jobcenter' | 'jobnet',
    name: string,
    values: Readonly<Record<string, string>>,
    edit: (envelope: string) => string = (envelope) => envelope,
  ): Promise<RestReply> => {
    const operation = service.operations.find((one) => one.name === name);
    assert.ok(operation, name);
    const body = edit(writeDanishRequest(service, operation, values, actors[client], Date.now()));
    const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${operation.action}"` };
    return station.as(client)('POST', service.paths[0] ?? '', { body, headers });
  };
  const soap = async (...call: Parameters<typeof send>): Promise<string> => {
    const { status, text } = await send(...call);
    assert.equal(status, 200, text);
    assert.deepEqual(valuesIn(text, 'status'), ['OK'], text);
    return text;
  };
  const asJobCentre = (name: string, values: Readonly<Record<string, string>>) =>
    soap(reminder, 'jobcenter', name, { PersonCivilRegistrationIdentifier: CPR, ...values });
  const asJobnet = (name: string, values: Readonly<Record<string, string>>) =>
    soap(jobnet, 'jobnet', name, { CvCustomerIdentifier: CV, ...values });
  const rest: Call = (...request) => station.as('jobcenter')(...request);

  const row = (type: number, value: string) => ({
    PersonContactData: value,
    PersonContactDataTypeIdentifier: String(type),
  });
  const codeInOutbox = async (): Promise<string> => {
    const [message] = await station.outbox();
    assert.equal(message?.citizen, CPR);
    return message.code;
  };

  it('an address that no XML can hold is refused, since SOAP would have to answer with it', async () => {
    for (const character of ['\u0000', '\u0001', '\u001b', '\ud800', '\ufffe', '\uffff']) {
      const body = rowsOf([EMAIL, `a${character}b@example.dk`]);
      const { status } = await rest('POST', BASE, { cpr: CPR, body });
      assert.equal(status, 400, JSON.stringify(character));
    }
    const { text } = await send(reminder, 'jobcenter', 'GetPersonContactData', {
      PersonCivilRegistrationIdentifier: CPR,
    });
    assert.deepEqual(valuesIn(text, 'PersonContactData'), []);
  });

  it('saved by SOAP, verified by REST with the code of the outbox, read back by SOAP', async () => {
    await asJobCentre('SavePersonContactData', row(MOBILE, '20123456'));
    assert.deepEqual(await registered(rest, CPR), [[MOBILE, '20123456', 1]]);
    const kontaktdataType = MOBILE;
    const asked = await rest('POST', `${BASE}/verifikationskode`, { cpr: CPR, body: { kontaktdataType } });
    assert.equal(asked.status, 200, asked.text);
    const body = { verifikationskode: await codeInOutbox(), kontaktdataType };
    const verified = await rest('POST', `${BASE}/verificering`, { cpr: CPR, body });
    assert.equal(verified.status, 200, verified.text);
    assert.deepEqual(rowsIn(await asJobCentre('GetPersonContactData', {})), [[MOBILE, '20123456', 2]]);
    assert.deepEqual(rowsIn(await asJobnet('GetPersonContactData', {})), [[MOBILE, '20123456', 2]]);
  });

  it('saved by REST, verified by SOAP with the code of the outbox, read back by REST', async () => {
    const saved = await rest('POST', BASE, { cpr: CPR, body: rowsOf([EMAIL, 'bo&ida+1@example.dk']) });
    assert.equal(saved.status, 200, saved.text);
    const type = { PersonContactDataTypeIdentifier: String(EMAIL) };
    await asJobnet('GetVerificationCode', type);
    await asJobnet('VerifyPersonContactData', { VerificationCode: await codeInOutbox(), ...type });
    assert.deepEqual(await registered(rest, CPR), [[EMAIL, 'bo&ida+1@example.dk', 2]]);
  });

  it('a code that REST asked for is used up by SOAP, and a wrong attempt counts on both', async () => {
    await asJobnet('SavePersonContactData', row(MOBILE, '20123456'));
    const body = { kontaktdataType: MOBILE };
    await rest('POST', `${BASE}/verifikationskode`, { cpr: CPR, body });
    for (const _ of [1, 2, 3]) {
      const wrong = { ...body, verifikationskode: 'wrong' };
      assert.equal((await rest('POST', `${BASE}/verificering`, { cpr: CPR, body: wrong })).status, 422);
    }
    const verify = async (code: string): Promise<string> => {
      const { text } = await send(jobnet, 'jobnet', 'VerifyPersonContactData', {
        CvCustomerIdentifier: CV,
        VerificationCode: code,
        PersonContactDataTypeIdentifier: String(MOBILE),
      });
      return valuesIn(text, 'ErrorCode')[0] ?? valuesIn(text, 'status')[0] ?? text;
    };
    for (const _ of [4, 5]) assert.equal(await verify('wrong'), '9241');
    assert.equal(await verify(await codeInOutbox()), '9244');
    const after = { ...body, verifikationskode: await codeInOutbox() };
    assert.equal((await rest('POST', `${BASE}/verificering`, { cpr: CPR, body: after })).status, 429);
  });

  it('of two rows of one type the last counts, and the other is warned of, on both', async () => {
    const soap = await send(
      reminder,
      'jobcenter',
      'SavePersonContactData',
      { PersonCivilRegistrationIdentifier: CPR, ...row(MOBILE, '20123456') },
      (envelope) =>
        envelope.replace(
          /<m:PersonContactData><.*<\/m:PersonContactData>/s,
          (one) => one + one.replace('20123456', '20123457'),
        ),
    );
    assert.deepEqual(valuesIn(soap.text, 'status'), ['OK'], soap.text);
    assert.deepEqual(await registered(rest, CPR), [[MOBILE, '20123457', 1]]);
    const body = rowsOf([MOBILE, '20123458'], [EMAIL, 'a@example.dk'], [MOBILE, '20123459']);
    const saved = await rest('POST', BASE, { cpr: CPR, body });
    assert.equal(saved.status, 200, saved.text);
    assert.deepEqual(await registered(rest, CPR), [
      [MOBILE, '20123459', 1],
      [EMAIL, 'a@example.dk', 1],
    ]);
    for (const reply of [soap, saved]) {
      assert.equal(reply.headers['kontakt-warnings'], '1');
      const [warning] = (await station.entry(reply.journal)).warnings as {
        problem: string;
        explanation: Record<string, string>;
      }[];
      assert.deepEqual(
        [warning?.problem, warning?.explanation.found, warning?.explanation.basis],
        ['dfdg.repeated-type', 'type 1 in 2 rows', 'assumed'],
      );
    }
  });

  it('removed by REST is gone for SOAP, removed by SOAP is gone for REST', async () => {
    await asJobCentre('SavePersonContactData', row(MOBILE, '20123456'));
    await rest('POST', BASE, { cpr: CPR, body: rowsOf([MOBILE, null]) });
    assert.deepEqual(rowsIn(await asJobCentre('GetPersonContactData', {})), []);
    await rest('POST', BASE, { cpr: CPR, body: rowsOf([EMAIL, 'a@example.dk']) });
    await asJobCentre('SavePersonContactData', row(EMAIL, ''));
    assert.deepEqual(await registered(rest, CPR), []);
  });

  it('a status set by SOAP is read by REST, and found by both', async () => {
    await rest('POST', BASE, { cpr: CPR, body: rowsOf([MOBILE, '+4520123456']) });
    await asJobCentre('UpdatePersonContactDataStatus', {
      PersonContactDataTypeIdentifier: '1',
      PersonContactDataStatusTypeIdentifier: '3',
    });
    assert.deepEqual(await registered(rest, CPR), [[MOBILE, '+4520123456', 3]]);
    const byRest = await rest('GET', `${BASE}/mobiltelefon/20123456`);
    assert.deepEqual(byRest.json.borgerer, [{ civilregistrationIdentifier: CPR }]);
    const bySoap = await soap(reminder, 'jobcenter', 'GetPersonByMobilePhoneNumber', {
      MobileNumberIdentifier: '004520123456',
    });
    assert.deepEqual(valuesIn(bySoap, 'PersonCivilRegistrationIdentifier'), [CPR]);
  });

  it('both refuse the same call with the same code', async () => {
    const cases: [string, string, string][] = [
      ['1005415515', '20123456', '4405'],
      ['2406505319', '20123456', '9460'],
      ['0000000000', '20123456', '1010'],
      ['3102000000', '20123456', '1001'],
      ['1608495963', '20123456', '4575'],
      [CPR, '123', '9156'],
    ];
    for (const [cpr, value, code] of cases) {
      const { json } = await rest('POST', BASE, { cpr, body: rowsOf([MOBILE, value]) });
      assert.equal(String(json.fejlkode), code);
      const { text, status } = await send(reminder, 'jobcenter', 'SavePersonContactData', {
        PersonCivilRegistrationIdentifier: cpr,
        ...row(MOBILE, value),
      });
      assert.equal(status, 500);
      assert.deepEqual(valuesIn(text, 'ErrorCode'), [code], text);
    }
  });
});
