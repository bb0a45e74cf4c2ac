// The seven methods of the REST service: what each does when it is called as documented.

import assert from 'node:assert/strict';
import { BASE, EMAIL, LANDLINE, MOBILE, openStation, registered, rowsOf, type Station } from './client.ts';

const PLAIN = '1403455896';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('REST, the seven methods', () => {
  let station: Station;
  before(async () => {
    station = await openStation();
  });
  beforeEach(() => station.emulator.reset());
  after(() => station.close());
  const jobcenter = (...request: Parameters<ReturnType<Station['as']>>) =>
    station.as('jobcenter')(...request);

  it('CreateKontaktinformation registers all rows, unverified', async () => {
    const body = rowsOf([MOBILE, '20123456'], [LANDLINE, '33123456'], [EMAIL, 'a@example.dk']);
    const { status, type, json, journal } = await jobcenter('POST', BASE, { cpr: PLAIN, body });
    assert.equal(status, 200);
    assert.equal(type, 'application/json');
    assert.deepEqual(Object.keys(json), ['serviceRequestLogReferenceIdentifier']);
    assert.match(String(json.serviceRequestLogReferenceIdentifier), GUID);
    assert.deepEqual(await registered(jobcenter, PLAIN), [
      [MOBILE, '20123456', 1],
      [LANDLINE, '33123456', 1],
      [EMAIL, 'a@example.dk', 1],
    ]);
    const { service, operation, result, organisation } = await station.entry(journal);
    assert.deepEqual(
      [service, operation, result, organisation],
      ['rest', 'CreateKontaktinformation', 'OK', '90000075'],
    );
  });

  const row = { kontaktdata: '20123456', kontaktdataType: MOBILE };
  for (const [form, body] of Object.entries({
    'the documented form': { kontaktinformationer: { kontaktinformation: [row] } },
    'a list in kontaktinformationer': { kontaktinformationer: [row] },
    'a bare list': [row],
  })) {
    it(`Create takes ${form}`, async () => {
      assert.equal((await jobcenter('POST', BASE, { cpr: PLAIN, body })).status, 200);
      assert.deepEqual(await registered(jobcenter, PLAIN), [[MOBILE, '20123456', 1]]);
    });
  }

  for (const [name, value] of [
    ['null', null],
    ['an empty string', ''],
    ['nothing', undefined],
  ] as const) {
    it(`Create with ${name} removes the type and nothing else`, async () => {
      const body = rowsOf([MOBILE, '20123456'], [EMAIL, 'a@example.dk']);
      await jobcenter('POST', BASE, { cpr: PLAIN, body });
      const { status, text } = await jobcenter('POST', BASE, { cpr: PLAIN, body: rowsOf([MOBILE, value]) });
      assert.equal(status, 200, text);
      assert.deepEqual(await registered(jobcenter, PLAIN), [[EMAIL, 'a@example.dk', 1]]);
    });
  }

  it('the same value again keeps its verification, another one loses it', async () => {
    const cpr = '1206445390';
    await jobcenter('POST', BASE, { cpr, body: rowsOf([MOBILE, '+4534412301']) });
    assert.deepEqual(await registered(jobcenter, cpr), [[MOBILE, '34412301', 2]]);
    await jobcenter('POST', BASE, { cpr, body: rowsOf([MOBILE, '20123456']) });
    assert.deepEqual(await registered(jobcenter, cpr), [[MOBILE, '20123456', 1]]);
  });

  it('GetVerifikationskode sends a code that UpdateVerificerKontaktinformation takes once', async () => {
    const cpr = '2510516152';
    const asked = await jobcenter('POST', `${BASE}/verifikationskode`, {
      cpr,
      body: { kontaktdataType: MOBILE },
    });
    assert.equal(asked.status, 200, asked.text);
    assert.equal(asked.json.verifikationskode, undefined, 'the code is the citizen’s');
    const [message] = await station.outbox();
    assert.equal(message?.citizen, cpr);
    assert.equal(message?.address, '34412302');
    const body = { verifikationskode: message?.code, kontaktdataType: MOBILE };
    const done = await jobcenter('POST', `${BASE}/verificering`, { cpr, body });
    assert.equal(done.status, 200, done.text);
    assert.equal(done.json.kontaktdatastatus, 2);
    assert.deepEqual(await registered(jobcenter, cpr), [[MOBILE, '34412302', 2]]);
    const again = await jobcenter('POST', `${BASE}/verificering`, { cpr, body });
    assert.equal(again.json.fejlkode, 9247);
  });

  it('UpdateKontaktinformation sets the status', async () => {
    const cpr = '1206445390';
    const body = { kontaktdataType: MOBILE, kontaktdatastatus: 3 };
    assert.equal((await jobcenter('POST', `${BASE}/status`, { cpr, body })).status, 200);
    assert.deepEqual(await registered(jobcenter, cpr), [[MOBILE, '34412301', 3]]);
  });

  it('GetKontaktinformation answers nothing registered, the dead, and a former number', async () => {
    assert.deepEqual(await registered(jobcenter, PLAIN), []);
    assert.equal((await registered(jobcenter, '1005415515')).length, 2);
    assert.equal((await registered(jobcenter, '2406505319')).length, 2);
  });

  it('the lookups find all citizens with a number or address, the caller’s own only', async () => {
    const found = async (client: string, path: string): Promise<unknown> => {
      const { status, json, text } = await station.as(client)('GET', `${BASE}/${path}`);
      assert.equal(status, 200, text);
      return (json.borgerer as { civilregistrationIdentifier: string }[]).map(
        (one) => one.civilregistrationIdentifier,
      );
    };
    const both = ['0202518583', '1608495963'];
    assert.deepEqual(await found('star', 'mobiltelefon/34412313'), both);
    assert.deepEqual(await found('star', 'mobiltelefon/+4534412313'), both);
    assert.deepEqual(await found('star', 'mobiltelefon/%2B4534412313'), both);
    assert.deepEqual(await found('jobcenter', 'mobiltelefon/34412313'), both.slice(0, 1));
    assert.deepEqual(await found('akasse', 'emailaddresse/familien.faelles@example.dk'), ['1212406682']);
    assert.deepEqual(await found('star', 'emailaddresse/FAMILIEN.faelles%40example.dk'), [
      '1212406682',
      '2305547819',
    ]);
    assert.deepEqual(await found('star', 'emailaddresse/bo%26ida@example.dk'), ['0308558843']);
    assert.deepEqual(await found('star', 'emailaddresse/a%2Fb@example.dk'), []);
  });

  it('an address as long as the pattern allows is looked up, however it is written', async () => {
    const longest = `${'é'.repeat(191)}@${'x'.repeat(64)}`;
    await jobcenter('POST', BASE, { cpr: PLAIN, body: rowsOf([EMAIL, longest]) });
    const { status, text } = await jobcenter('GET', `${BASE}/emailaddresse/${encodeURIComponent(longest)}`);
    assert.equal(status, 200, text);
    assert.ok(text.includes(PLAIN), text);
  });

  it('every call is in the access log, reads too', async () => {
    await registered(jobcenter, PLAIN);
    const url = `${station.emulator.url}/_emulator/access-log?limit=1`;
    const { accesses } = (await (await fetch(url)).json()) as { accesses: Record<string, unknown>[] };
    const { service, operation, citizen, cvr, organisationType, organisationCode, userType, result } =
      accesses[0] ?? {};
    assert.deepEqual(
      [service, operation, citizen, cvr, organisationType, organisationCode, userType, result],
      ['rest', 'GetPersonContactData', PLAIN, '90000075', 8, '101', 3, 'OK'],
    );
  });

  it('a connection that resumes a TLS session is still known by its certificate', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const { status, text } = await jobcenter('GET', BASE, { cpr: PLAIN, headers: { connection: 'close' } });
      assert.equal(status, 200, text);
    }
  });

  it('the OpenAPI document needs no certificate and names the seven methods', async () => {
    const { status, type, json } = await station.as(undefined)('GET', '/v1/openapi.json');
    assert.equal(status, 200);
    assert.equal(type, 'application/json');
    const paths = Object.values(json.paths as Record<string, Record<string, { operationId: string }>>);
    const names = paths.flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    assert.equal(new Set(names).size, 7);
  });
});
