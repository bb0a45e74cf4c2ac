// The refusals of the REST service: each code with its status, text and explanation, and nothing stored.

import assert from 'node:assert/strict';
import { errors } from '../../src/dfdg/codes.ts';
import {
  assertRefused,
  BASE,
  EMAIL,
  LANDLINE,
  MOBILE,
  openStation,
  type RestRequest,
  rowsOf,
  type Station,
} from './client.ts';

const PLAIN = '1403455896';
const UNVERIFIED = '2510516152';
const actingFor = (type: string, code = '101') => ({
  'x-active-organisation-type-identifier': type,
  'x-active-organisation-code': code,
});

interface Case extends RestRequest {
  readonly code: keyof typeof errors;
  readonly status: number;
  readonly why: string;
  readonly client?: string;
  readonly method?: string;
  readonly path?: string;
}
const ok = rowsOf([MOBILE, '20123456']);
const create = (code: Case['code'], status: number, why: string, cpr: string, body: unknown): Case => ({
  code,
  status,
  why,
  cpr,
  body,
});
const post =
  (path: string) => (code: Case['code'], status: number, why: string, cpr: string, body: object) => ({
    ...create(code, status, why, cpr, body),
    path: `${BASE}/${path}`,
  });
const ask = post('verifikationskode');
const verify = post('verificering');
const setStatus = post('status');
const get = (code: Case['code'], status: number, why: string, path: string): Case => ({
  code,
  status,
  why,
  method: 'GET',
  path: `${BASE}/${path}`,
});
const type = (kontaktdataType: number) => ({ kontaktdataType });
const wrongCode = { verifikationskode: 'wrong', kontaktdataType: MOBILE };

const cases: readonly Case[] = [
  create(1001, 400, 'too short', '140345589', ok),
  create(1001, 400, 'a day that never was', '3002455896', ok),
  create(1010, 404, 'nobody', '0000000000', ok),
  { ...create(1012, 401, 'self-signed', PLAIN, ok), client: 'selvsignert' },
  { ...create(1012, 401, 'expired', PLAIN, ok), client: 'utloept' },
  { ...create(1012, 401, 'revoked', PLAIN, ok), client: 'tilbakekalt' },
  { ...create(1012, 401, 'trusted, without a CVR number', PLAIN, ok), client: 'digipost' },
  { ...create(1013, 403, 'another actor', PLAIN, ok), headers: actingFor('4', '90000113') },
  { ...create(1013, 403, 'a company', PLAIN, ok), headers: actingFor('24', '90000121') },
  create(1014, 400, 'a body that is another’s', PLAIN, type(MOBILE)),
  create(4405, 409, 'save for the dead', '1005415515', ok),
  ask(4405, 409, 'code for the dead', '1005415515', type(EMAIL)),
  setStatus(4405, 409, 'status for the dead', '1005415515', { ...type(MOBILE), kontaktdatastatus: 1 }),
  create(4575, 403, 'citizen of another job centre', '1608495963', ok),
  { ...create(4575, 403, 'organisation of somebody else', PLAIN, ok), headers: actingFor('8', '461') },
  { ...create(4575, 403, 'organisation unknown', PLAIN, ok), headers: actingFor('8', '999') },
  { ...create(4575, 403, 'may act for nobody', PLAIN, ok), client: 'fremmedcvr', headers: actingFor('8') },
  {
    ...create(4575, 403, 'somebody else’s user', PLAIN, ok),
    headers: { 'x-request-user-identifier': 'CVR:90000016-UUID:1' },
  },
  { ...create(8173, 403, 'not in the list', PLAIN, ok), headers: actingFor('99') },
  { ...create(8173, 403, 'no number', PLAIN, ok), headers: actingFor('jobcenter') },
  { ...create(8174, 403, 'not in the list', PLAIN, ok), headers: { 'x-request-user-type-identifier': '9' } },
  create(9153, 400, 'save', PLAIN, rowsOf([4, '20123456'])),
  ask(9153, 400, 'code', PLAIN, type(0)),
  setStatus(9153, 400, 'status', PLAIN, { ...type(-1), kontaktdatastatus: 1 }),
  create(9155, 409, 'removal with a subscription', '2004447541', rowsOf([EMAIL, null])),
  create(9156, 400, 'save', PLAIN, rowsOf([MOBILE, '123'])),
  get(9156, 400, 'lookup', 'mobiltelefon/123'),
  create(9157, 400, 'save', PLAIN, rowsOf([LANDLINE, 'abc'])),
  create(9158, 400, 'save', PLAIN, rowsOf([EMAIL, 'nobody'])),
  get(9158, 400, 'lookup', 'emailaddresse/nobody'),
  ask(9159, 404, 'nothing registered', PLAIN, type(MOBILE)),
  setStatus(9159, 404, 'none of the type', UNVERIFIED, { ...type(EMAIL), kontaktdatastatus: 2 }),
  ask(9240, 409, 'code for a landline', '0812545531', type(LANDLINE)),
  verify(9240, 409, 'landline verified', '0812545531', { verifikationskode: '1', ...type(LANDLINE) }),
  verify(9241, 422, 'no code was sent', UNVERIFIED, wrongCode),
  ask(9242, 404, 'none of the type', UNVERIFIED, type(EMAIL)),
  ask(9247, 409, 'verified already', '1206445390', type(MOBILE)),
  create(9460, 409, 'former number', '2406505319', ok),
  setStatus(2002, 400, 'status not in the list', UNVERIFIED, { ...type(MOBILE), kontaktdatastatus: 9 }),
];

describe('REST, refusals', () => {
  let station: Station;
  let danish: Station;
  before(async () => {
    [station, danish] = await Promise.all([openStation(), openStation({ dfdg: { language: 'da' } })]);
  });
  beforeEach(() => station.emulator.reset());
  after(() => Promise.all([station.close(), danish.close()]));

  const run = ({ client = 'jobcenter', method = 'POST', path = BASE, ...request }: Case, at = station) =>
    at.as(client)(method, path, request);

  for (const one of cases) {
    const { code, status, why } = one;
    it(`${code} ${why}: ${status}, explained, nothing stored`, async () => {
      const before = await station.citizens();
      const reply = await run(one);
      await assertRefused(station, reply, code, status);
      assert.equal(reply.json.fejltekst, errors[code].english);
      assert.deepEqual(await station.citizens(), before);
      assert.deepEqual(await station.outbox(), []);
    });
    if ('danish' in errors[code])
      it(`${code} ${why}: in Danish`, async () => {
        const reply = await run(one, danish);
        await assertRefused(danish, reply, code, status);
        assert.equal(reply.json.fejltekst, (errors[code] as { danish?: string }).danish);
      });
  }

  it('1101 without a certificate, over https and over http', async () => {
    await assertRefused(
      station,
      await station.as(undefined)('POST', BASE, { cpr: PLAIN, body: ok }),
      1101,
      401,
    );
    const plain = await fetch(`${station.emulator.url}${BASE}`, {
      headers: { 'x-civilregistrationIdentifier': PLAIN },
    });
    assert.equal(plain.status, 401);
    assert.equal(plain.headers.get('www-authenticate'), 'ClientCertificate realm="DFDG"');
    assert.equal(((await plain.json()) as { fejlkode: number }).fejlkode, 1101);
  });

  const jobcenter = (path: string, body: unknown) =>
    station.as('jobcenter')('POST', `${BASE}/${path}`, { cpr: UNVERIFIED, body });
  const newCode = async () => {
    assert.equal((await jobcenter('verifikationskode', type(MOBILE))).status, 200);
    return { verifikationskode: (await station.outbox())[0]?.code, kontaktdataType: MOBILE };
  };

  it('9243 a code that is older than its life', async () => {
    const right = await newCode();
    station.emulator.clock.set('register', { kind: 'offset', offset: 901_000 });
    await assertRefused(station, await jobcenter('verificering', right), 9243, 422);
  });

  it('9244 after five wrong attempts, also with the right code, and with a new one', async () => {
    const right = await newCode();
    for (let attempt = 0; attempt < 5; attempt += 1)
      await assertRefused(station, await jobcenter('verificering', wrongCode), 9241, 422);
    await assertRefused(station, await jobcenter('verificering', right), 9244, 429);
    await assertRefused(station, await jobcenter('verificering', await newCode()), 9244, 429);
    station.emulator.clock.set('register', { kind: 'offset', offset: 900_000 });
    assert.equal((await jobcenter('verificering', await newCode())).status, 200);
  });

  it('9244 instead of a sixth code within an hour', async () => {
    for (let sent = 0; sent < 5; sent += 1) await newCode();
    await assertRefused(station, await jobcenter('verifikationskode', type(MOBILE)), 9244, 429);
    assert.equal((await station.outbox()).length, 5);
  });

  it('one bad row and no row is stored', async () => {
    const before = await station.citizens();
    const body = rowsOf([MOBILE, '20123456'], [EMAIL, 'a@example.dk'], [LANDLINE, '1']);
    await assertRefused(
      station,
      await station.as('jobcenter')('POST', BASE, { cpr: PLAIN, body }),
      9157,
      400,
    );
    assert.deepEqual(await station.citizens(), before);
  });

  it('the journal masks the CPR number of a refused call', async () => {
    const reply = await run(create(1010, 404, 'nobody', '1212455599', ok));
    const entry = JSON.stringify(await station.entry(reply.journal));
    assert.ok(!entry.includes('1212455599'), entry);
  });
});
