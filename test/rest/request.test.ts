// What a REST request is besides its method: body, media type, actor, scopes, request id.

import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { control } from '../running.ts';
import { assertRefused, BASE, MOBILE, openStation, rowsOf, type Station } from './client.ts';

const PLAIN = '1403455896';
const ok = rowsOf([MOBILE, '20123456']);
const row = (rest: object) => ({ kontaktinformationer: { kontaktinformation: [rest] } });
const HOUR = 3_600_000;

const bad: Readonly<Record<string, unknown>> = {
  'no body': undefined,
  'an empty body': '',
  'no JSON': '{"kontaktinformationer": ',
  null: 'null',
  'a string': '"20123456"',
  'an empty object': {},
  'an empty list': [],
  'no rows': { kontaktinformationer: { kontaktinformation: [] } },
  'one row that is no list': { kontaktinformationer: { kontaktinformation: { kontaktdataType: 1 } } },
  'an unknown member at the top': { ...ok, more: 1 },
  'an unknown member in a row': row({ kontaktdataType: 1, more: 1 }),
  'a member named __proto__': '[{"kontaktdataType": 1, "__proto__": {"kontaktdata": "20123456"}}]',
  'a type in a string': row({ kontaktdataType: '1' }),
  'a type with a fraction': row({ kontaktdataType: 1.5 }),
  'no type': row({ kontaktdata: '20123456' }),
  'a number for a value': row({ kontaktdata: 20123456, kontaktdataType: 1 }),
  'bytes that are no UTF-8': Buffer.concat([
    Buffer.from('[{"kontaktdataType": 3, "kontaktdata": "'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('@example.dk"}]'),
  ]),
};

describe('REST, the request', () => {
  let station: Station;
  before(async () => {
    station = await openStation();
  });
  beforeEach(() => station.emulator.reset());
  after(() => station.close());

  const create = (body: unknown, headers: Record<string, string> = {}, client = 'jobcenter') =>
    station.as(client)('POST', BASE, { cpr: PLAIN, body, headers });
  const read = (headers: Record<string, string>, client = 'jobcenter', at = station) =>
    at.as(client)('GET', BASE, { cpr: PLAIN, headers });

  for (const [name, body] of Object.entries(bad)) {
    it(`${name}: 1014, nothing stored`, async () => {
      const before = await station.citizens();
      await assertRefused(station, await create(body), 1014, 400);
      assert.deepEqual(await station.citizens(), before);
    });
  }

  it('a body that is deeply nested, and one with very many rows, are answered in time', async () => {
    await assertRefused(station, await create('['.repeat(60_000)), 1014, 400);
    const document = await station.as(undefined)('GET', '/v1/openapi.json');
    assert.match(document.text, /"minItems":1,"maxItems":20/);
    const rows = (count: number) => Array.from({ length: count }, () => ({ kontaktdataType: MOBILE }));
    assert.equal((await create(rows(20))).status, 200);
    for (const body of [
      rows(21),
      '['.concat('0,'.repeat(30_000), '0]'),
      { kontaktinformationer: rows(21) },
    ]) {
      const reply = await create(body);
      await assertRefused(station, reply, 1014, 400);
      const { expected, found } = (await station.entry(reply.journal)).explanation as Record<string, string>;
      assert.match(`${expected}; found ${found}`, /^at most 20 items(?: at \S+)?; found a list of \d+$/);
    }
  });

  it('a list of nothing but mistakes, however long, is refused at its size', async () => {
    for (const piece of ['{},', '0,']) {
      const reply = await create(`[${piece.repeat(1_000_000 / piece.length)}0]`);
      assert.equal(reply.status, 413);
      const { explanation } = await station.entry(reply.journal);
      assert.equal((explanation as { expected: string }).expected, 'at most 65536 bytes');
    }
  });

  const mistakes: readonly (readonly [
    name: string,
    body: unknown,
    place: string | undefined,
    expected: string,
    found: string,
  ])[] = [
    [
      'a type in quotes',
      row({ kontaktdataType: '1' }),
      'kontaktinformationer.kontaktinformation.0.kontaktdataType',
      'a whole number',
      'the text "1"',
    ],
    [
      'a type with a fraction',
      row({ kontaktdataType: 1.5 }),
      'kontaktinformationer.kontaktinformation.0.kontaktdataType',
      'a whole number',
      'the number 1.5',
    ],
    [
      'a number for a value',
      [{ kontaktdata: 20123456, kontaktdataType: 1 }],
      '0.kontaktdata',
      'a text',
      'the number 20123456',
    ],
    [
      'Pascal case',
      row({ Kontaktdata: 'x', KontaktdataType: 1 }),
      'kontaktinformationer.kontaktinformation.0',
      'the member "kontaktdata", written so',
      '"Kontaktdata"',
    ],
    [
      'Pascal case at the top',
      { Kontaktinformationer: [] },
      undefined,
      'the member "kontaktinformationer", written so',
      '"Kontaktinformationer"',
    ],
    ['an empty object', {}, 'kontaktinformationer', 'an object or a list', 'nothing'],
    [
      'an empty row in a list inside',
      { kontaktinformationer: [{}] },
      'kontaktinformationer.0.kontaktdataType',
      'a whole number',
      'nothing',
    ],
    [
      'a slip of the pen',
      [{ kontaktdatatypen: 1 }],
      '0',
      'the member "kontaktdataType", written so',
      '"kontaktdatatypen"',
    ],
    ['null', null, undefined, 'an object or a list', 'null'],
  ];
  for (const [name, body, place, expected, found] of mistakes) {
    it(`${name}: the journal names place, expected and found`, async () => {
      const reply = await create(JSON.stringify(body));
      await assertRefused(station, reply, 1014, 400);
      const { explanation } = await station.entry(reply.journal);
      const told = explanation as Record<string, string>;
      assert.deepEqual(
        [told.expected, told.found],
        [place === undefined ? expected : `${expected} at ${place}`, found],
      );
    });
  }

  it('the other bodies name place, expected and found too', async () => {
    for (const [path, body, expected, found] of [
      [
        'verificering',
        { verifikationskode: 123456, kontaktdataType: 1 },
        'a text at verifikationskode',
        'the number 123456',
      ],
      [
        'verifikationskode',
        { KontaktdataType: 1 },
        'the member "kontaktdataType", written so',
        '"KontaktdataType"',
      ],
      ['status', { kontaktdataType: 1 }, 'a whole number at kontaktdatastatus', 'nothing'],
      ['status', [], 'an object', 'an empty list'],
    ] as const) {
      const reply = await station.as('jobcenter')('POST', `${BASE}/${path}`, { cpr: PLAIN, body });
      await assertRefused(station, reply, 1014, 400);
      const told = (await station.entry(reply.journal)).explanation as Record<string, string>;
      assert.deepEqual([told.expected, told.found], [expected, found]);
    }
  });

  it('a byte order mark and UTF-16 are named', async () => {
    const text = JSON.stringify(ok);
    for (const [body, named] of [
      [Buffer.from(`\ufeff${text}`), /byte order mark/],
      [Buffer.from(`\ufeff${text}`, 'utf16le'), /UTF-16, by its byte order mark/],
      [Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), /UTF-16, by its byte order mark/],
      [Buffer.from(text, 'utf16le'), /UTF-16 without a byte order mark/],
    ] as const) {
      const reply = await create(body);
      await assertRefused(station, reply, 1014, 400);
      assert.match(((await station.entry(reply.journal)).explanation as { found: string }).found, named);
    }
  });

  it('no CPR header: 1014; a method without body ignores one', async () => {
    await assertRefused(station, await station.as('jobcenter')('GET', BASE), 1014, 400);
    await assertRefused(station, await station.as('jobcenter')('POST', BASE, { body: ok }), 1014, 400);
    assert.equal((await station.as('jobcenter')('GET', BASE, { cpr: PLAIN, body: '{' })).status, 200);
  });

  it('a body beyond the limit, plain or gzipped, is 413 in the form of the other errors, without fejlkode', async () => {
    const before = await station.citizens();
    const large = `"${'x'.repeat(64 * 1024)}"`;
    for (const reply of [
      await create(large),
      await create(gzipSync(large), { 'content-encoding': 'gzip' }),
    ]) {
      assert.equal(reply.type, 'application/problem+json');
      assert.deepEqual(reply.json, {
        type: 'about:blank',
        title: 'Payload Too Large',
        status: 413,
        detail: 'Payload Too Large',
        fejltekst: 'Payload Too Large',
      });
      const { problem, explanation } = await station.entry(reply.journal);
      assert.equal(problem, 'http.too-large');
      assert.match((explanation as { found: string }).found, /bytes/);
    }
    assert.deepEqual(await station.citizens(), before);
  });

  it('a body beyond the limit is no way around the certificate: 1101 and 1012 come first', async () => {
    const body = 'x'.repeat(64 * 1024 + 1);
    for (const [client, code] of [
      [undefined, 1101],
      ['selvsignert', 1012],
    ] as const)
      await assertRefused(station, await station.as(client)('POST', BASE, { cpr: PLAIN, body }), code, 401);
  });

  it('a body in an encoding that is not taken is 415, and says which is', async () => {
    const reply = await create(JSON.stringify(ok), { 'content-encoding': 'br' });
    assert.deepEqual(
      [reply.status, reply.type, reply.json.fejlkode],
      [415, 'application/problem+json', undefined],
    );
    assert.equal(reply.headers['accept-encoding'], 'gzip');
  });

  it('a gzipped body is taken, as in the SOAP services, or refused for being gzipped', async () => {
    const reply = await create(gzipSync(JSON.stringify(ok)), { 'content-encoding': 'gzip' });
    if (reply.status === 200) return;
    await assertRefused(station, reply, 1014, 400);
    assert.match(JSON.stringify((await station.entry(reply.journal)).explanation), /gzip|encoding/i);
  });

  it('a body of another media type than JSON is 415, and says which is taken', async () => {
    assert.equal((await create(ok, { 'content-type': 'application/json; charset=utf-8' })).status, 200);
    for (const media of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
      const reply = await create(ok, { 'content-type': media });
      await assertRefused(station, reply, undefined, 415);
      assert.equal(reply.headers.accept, 'application/json');
      const { explanation } = await station.entry(reply.journal);
      assert.equal((explanation as { found: string }).found, `Content-Type: ${media}`);
    }
  });

  it('a media type that is none is refused, and the journal names it', async () => {
    const reply = await create(ok, { 'content-type': 'nonsense' });
    await assertRefused(station, reply, undefined, 415);
    assert.match(JSON.stringify((await station.entry(reply.journal)).explanation), /Content-Type: nonsense/);
  });

  it('the actor follows from the certificate; each header replaces its part', async () => {
    assert.equal((await read({}, 'star')).status, 200);
    assert.equal((await read({}, 'kommune')).status, 200, 'an OCES 2 certificate');
    const forJobCentre = {
      'x-active-organisation-type-identifier': '8',
      'x-active-organisation-code': '101',
    };
    assert.equal((await read(forJobCentre, 'kommune')).status, 200, 'a relation of the seed');
    assert.equal((await read({ 'x-active-organisation-code': '90000075' })).status, 200, 'by CVR number');
    for (const userType of ['2', '3', '4'])
      assert.equal((await read({ 'x-request-user-type-identifier': userType })).status, 200);
    const citizen = { 'x-request-user-type-identifier': '1', 'x-request-user-identifier': PLAIN };
    assert.equal((await read(citizen)).status, 200);
    const other = { 'x-request-user-identifier': 'CVR:90000075-UUID:0b6f7d6e-0000-4000-8000-000000000000' };
    assert.equal((await read({ ...other, 'x-request-user-type-identifier': '2' })).status, 200);
    await assertRefused(station, await read(other), 4575, 403);
  });

  it('a certificate that no organisation has is 4575, not a wrong organisation type', async () => {
    await assertRefused(station, await read({}, 'fremmedcvr'), 4575, 403);
  });

  it('a request id is used once by a certificate, within 24 hours of the register’s clock', async () => {
    const fitting = { 'x-requestId': '5d2f8f0e-1b7c-4c55-9a53-0d6f3a1f7c11-123456789' };
    assert.equal(fitting['x-requestId'].length, 46);
    assert.equal((await read(fitting)).status, 200);
    const reused = await create(ok, fitting);
    await assertRefused(station, reused, undefined, 412);
    assert.deepEqual((await read({})).json.kontaktinformationer, { kontaktinformation: [] });
    assert.equal((await read(fitting, 'kommune')).status, 200, 'another certificate');
    station.emulator.clock.set('register', { kind: 'offset', offset: 24 * HOUR - 60_000 });
    assert.equal((await read(fitting)).status, 412);
    station.emulator.clock.set('security', { kind: 'offset', offset: 25 * HOUR });
    assert.equal((await read(fitting)).status, 412, 'the security hand does not count');
    station.emulator.clock.set('register', { kind: 'offset', offset: 24 * HOUR + 60_000 });
    assert.equal((await read(fitting)).status, 200);
  });

  it('a request id is used up by a valid call only, but by one that its operation refuses too', async () => {
    const id = { 'x-requestId': 'first-try' };
    await assertRefused(station, await create('{', id), 1014, 400);
    await assertRefused(station, await create({ ...ok, more: 1 }, id), 1014, 400);
    await assertRefused(station, await station.as('jobcenter')('GET', BASE, { headers: id }), 1014, 400);
    await assertRefused(station, await create(ok, { ...id, 'content-type': 'text/plain' }), undefined, 415);
    assert.equal((await create('x'.repeat(64 * 1024 + 1), id)).status, 413);
    assert.equal((await create(ok, id)).status, 200, 'the mended call, under the same id');
    await assertRefused(station, await create(ok, id), undefined, 412);
    const other = { 'x-requestId': 'second-try' };
    await assertRefused(station, await create(rowsOf([MOBILE, '12']), other), 9156, 400);
    await assertRefused(station, await create(ok, other), undefined, 412);
  });

  it('a request id of 47 characters is 1014, and none is needed', async () => {
    await assertRefused(station, await read({ 'x-requestId': 'x'.repeat(47) }), 1014, 400);
    assert.equal((await read({ 'x-requestId': 'x'.repeat(46) })).status, 200);
    assert.equal((await read({})).status, 200);
    assert.equal((await read({})).status, 200);
  });

  describe('with scopes', () => {
    let guarded: Station;
    before(async () => {
      guarded = await openStation({ dfdg: { scopes: true } });
    });
    after(() => guarded.close());
    const service = 'Borgerkommunikation.BorgersKontaktinformationService';
    const token = (payload: object) =>
      `Bearer e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`;

    it('a method needs its own scope, in a plain token or a JWT', async () => {
      const scope = `${service}.informationer.read`;
      for (const authorization of [`Bearer ${scope}`, token({ scope }), token({ scope: `a ${scope} b` })])
        assert.equal((await read({ authorization }, 'jobcenter', guarded)).status, 200, authorization);
      const wrong = [
        `Bearer ${service}.informationer.write`,
        token({ scope: 'x' }),
        token({}),
        `Basic ${scope}`,
      ];
      for (const authorization of wrong)
        await assertRefused(guarded, await read({ authorization }, 'jobcenter', guarded), undefined, 403);
      await assertRefused(guarded, await read({}, 'jobcenter', guarded), undefined, 403);
    });

    it('a claim that is no text, or a payload that is no object, is 403 and no defect', async () => {
      for (const payload of [{ scope: 7 }, { scope: ['a'] }, [], 'text']) {
        const reply = await read({ authorization: token(payload as object) }, 'jobcenter', guarded);
        await assertRefused(guarded, reply, undefined, 403);
      }
      const nothing = `Bearer e30.${Buffer.from('null').toString('base64url')}.x`;
      await assertRefused(
        guarded,
        await read({ authorization: nothing }, 'jobcenter', guarded),
        undefined,
        403,
      );
    });
  });

  describe('with a header twice', () => {
    const get = (headers: Record<string, string | string[]>) =>
      station.as('jobcenter')('GET', BASE, { cpr: PLAIN, headers });
    const pairs: readonly (readonly [string, readonly [string, string]])[] = [
      ['x-requestId', ['first', 'second']],
      ['x-requestId', ['first', '']],
      ['x-civilregistrationIdentifier', [PLAIN, '0211416726']],
      ['x-active-organisation-type-identifier', ['8', '7']],
      ['x-active-organisation-code', ['90000075', '90000040']],
      ['x-request-user-type-identifier', ['3', '1']],
      ['x-request-user-identifier', ['CVR:90000075-UUID:7e570000-0000-4000-8000-000000000075', PLAIN]],
      ['Authorization', ['Bearer a', 'Bearer b']],
      ['Content-Type', ['application/json', 'application/json; charset=utf-8']],
    ];
    for (const [name, [first, second]] of pairs)
      it(`${name}: ${first} and ${second || 'nothing'} are 1014, whichever comes first`, async () => {
        for (const values of [
          [first, second],
          [second, first],
        ]) {
          const reply = await get({ [name]: values });
          await assertRefused(station, reply, 1014, 400);
          const { check, basis } = (await station.entry(reply.journal)).explanation as Record<string, string>;
          assert.deepEqual([check, basis], [`header ${name.toLowerCase()}`, 'assumed']);
        }
      });

    it('that says the same is one, and its request id is used up once', async () => {
      const headers = { 'x-requestId': ['alike', 'alike'], 'x-request-user-type-identifier': ['3', '3'] };
      assert.equal((await get(headers)).status, 200);
      assert.equal((await get({ 'x-requestId': 'alike' })).status, 412);
    });

    it('no stranger learns of it: the certificate comes first, and nothing is taken at its word in the access log', async () => {
      const headers = { 'x-active-organisation-code': ['1', '2'] };
      const reply = await station.as(undefined)('GET', BASE, { cpr: PLAIN, headers });
      await assertRefused(station, reply, 1101, 401);
      await assertRefused(station, await get(headers), 1014, 400);
      const { json } = await control(station.emulator.url, 'GET', '/access-log?limit=2');
      const { accesses } = json as { accesses: { organisationCode: unknown }[] };
      assert.deepEqual(
        accesses.map(({ organisationCode }) => organisationCode),
        [null, null],
      );
    });
  });

  it('an empty header that may be left out is as if it were', async () => {
    const empty = Object.fromEntries(
      [
        'x-requestId',
        'x-active-organisation-type-identifier',
        'x-active-organisation-code',
        'x-request-user-type-identifier',
        'x-request-user-identifier',
      ].map((name) => [name, '']),
    );
    for (const _ of ['once', 'again'])
      assert.equal((await station.as('jobcenter')('GET', BASE, { cpr: PLAIN, headers: empty })).status, 200);
  });
});
