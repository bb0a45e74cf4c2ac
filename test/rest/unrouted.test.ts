// What reaches no method of the REST service: refused in the form of the other errors, and in the journal.

import assert from 'node:assert/strict';
import { assertRefused, BASE, openStation, type RestReply, type Station } from './client.ts';

const LOOKUP = `${BASE}/mobiltelefon/20123456`;

describe('REST, beside the seven methods', () => {
  let station: Station;
  before(async () => {
    station = await openStation();
  });
  beforeEach(() => station.emulator.reset());
  after(() => station.close());

  const accesses = async (): Promise<unknown[]> => {
    const response = await fetch(`${station.emulator.url}/_emulator/access-log`);
    return ((await response.json()) as { accesses: unknown[] }).accesses;
  };
  const assertBare = async (reply: RestReply, status: number): Promise<void> => {
    await assertRefused(station, reply, undefined, status);
    const { service, path, method } = await station.entry(reply.journal);
    assert.deepEqual([service, typeof path, typeof method], ['rest', 'string', 'string']);
  };

  for (const [method, path, allow] of [
    ['DELETE', BASE, 'GET, HEAD, POST'],
    ['PUT', BASE, 'GET, HEAD, POST'],
    ['OPTIONS', BASE, 'GET, HEAD, POST'],
    ['PROPFIND', BASE, 'GET, HEAD, POST'],
    ['GET', `${BASE}/status`, 'POST'],
    ['GET', `${BASE}/verificering/`, 'POST'],
    ['PATCH', `${BASE}/verifikationskode?x=1`, 'POST'],
    ['POST', LOOKUP, 'GET, HEAD'],
    ['POST', `${BASE}/emailaddresse/a%40b`, 'GET, HEAD'],
    ['POST', '/v1/openapi.json', 'GET, HEAD'],
  ] as const)
    it(`${method} ${path} is 405 with Allow: ${allow}, and in the journal`, async () => {
      const reply = await station.as('jobcenter')(method, path, { body: '{' });
      await assertBare(reply, 405);
      assert.equal(reply.headers.allow, allow);
    });

  for (const path of [
    '/v1',
    '/v1/',
    '/v1/kontaktinformationer',
    `${BASE}/mobiltelefon`,
    `${BASE}/mobiltelefon/`,
    `${BASE}/mobiltelefon/1/2`,
    `${BASE}/emailaddresse`,
    '/v1/openapiXjson',
    '/v1/Kontaktinformation',
  ])
    it(`${path} is 404 and in the journal, whatever the verb`, async () => {
      for (const method of ['GET', 'POST', 'DELETE'])
        await assertBare(await station.as('jobcenter')(method, path, { body: 'x' }), 404);
    });

  for (const [path, near] of [
    [`/${BASE}`, BASE],
    [`${BASE.replace('/', '//')}/`, BASE],
    [BASE.replace('/kontakt', '//kontakt'), BASE],
    [`${BASE}//`, BASE],
    ['/V1/kontaktinformation', BASE],
    ['/v1/Kontaktinformation', BASE],
    ['/V1/KONTAKTINFORMATION/STATUS/', `${BASE}/status`],
    ['/%56%31/kontaktinformation', BASE],
    ['/v1/kontakt%69nformationer?x=1', BASE],
    ['/v1/kontaktinformasjon', BASE],
    ['/v2/kontaktinformation', BASE],
    ['/kontaktinformation', BASE],
    ['/api/v1/kontaktinformation', BASE],
    [`${BASE}/emailadresse/a%40example.dk`, `${BASE}/emailaddresse/{email}`],
    [`${BASE}/mobiltelefon`, `${BASE}/mobiltelefon/{mobiltelefon}`],
    [`${BASE}/mobiltelefon/20/12`, `${BASE}/mobiltelefon/{mobiltelefon}`],
    [`${BASE}/Mobiltelefon/20123456`, `${BASE}/mobiltelefon/{mobiltelefon}`],
    ['/v1/openapi.JSON', '/v1/openapi.json'],
    ['/openapi.json', '/v1/openapi.json'],
  ] as const)
    it(`${path} is 404, in the journal, and hints at ${near}`, async () => {
      for (const [method, type] of [
        ['GET', 'application/json'],
        ['POST', 'text/xml'],
      ] as const) {
        const body = method === 'POST' ? '<x/>' : undefined;
        const reply = await station.as('jobcenter')(method, path, {
          body,
          headers: { 'content-type': type },
        });
        await assertBare(reply, 404);
        assert.ok(String(reply.json.detail).endsWith(`did you mean ${near}?`), reply.text);
        const { explanation } = await station.entry(reply.journal);
        assert.ok((explanation as { remedy: string }).remedy.includes(near), JSON.stringify(explanation));
      }
    });

  it('an address in another spelling whose escapes are broken is 1014 too', async () => {
    await assertRefused(
      station,
      await station.as('jobcenter')('GET', '/V1/kontaktinformation/emailaddresse/%E0%A4%A'),
      1014,
      400,
    );
  });

  it('HEAD is answered wherever GET is: as GET, without a body', async () => {
    const jobcenter = station.as('jobcenter');
    for (const [path, cpr] of [
      [BASE, '1403455896'],
      [LOOKUP, undefined],
      ['/v1/openapi.json', undefined],
      [`${BASE}/mobiltelefon/123`, undefined],
      [BASE, undefined],
    ] as const) {
      const request = cpr === undefined ? {} : { cpr };
      const get = await jobcenter('GET', path, request);
      const head = await jobcenter('HEAD', path, request);
      assert.deepEqual([head.status, head.type, head.text], [get.status, get.type, ''], path);
      assert.equal(head.headers['content-length'], String(Buffer.byteLength(get.text)), path);
    }
    assert.equal((await station.as(undefined)('HEAD', BASE)).status, 401);
    const posts = await jobcenter('HEAD', `${BASE}/status`);
    assert.deepEqual([posts.status, posts.headers.allow], [405, 'POST']);
  });

  it('a HEAD is a call like a GET: in the journal and in the access log', async () => {
    const before = await accesses();
    const { journal } = await station.as('jobcenter')('HEAD', BASE, { cpr: '1403455896' });
    const { method, operation, result } = await station.entry(journal);
    assert.deepEqual([method, operation, result], ['HEAD', 'GetKontaktinformation', 'OK']);
    assert.equal((await accesses()).length, before.length + 1);
  });

  it('an address that is nobody’s is told in words, whatever the body; a SOAP one nearly written right by its name', async () => {
    const ask = async (path: string) => {
      const headers = { 'content-type': 'text/xml' };
      const response = await fetch(`${station.emulator.url}${path}`, {
        method: 'POST',
        headers,
        body: '<x/>',
      });
      return [response.status, await response.text()] as const;
    };
    const [status, text] = await ask('/elsewhere');
    assert.equal(status, 404);
    assert.match(text, /nothing is at \/elsewhere\. There are\n/);
    assert.match(text, /\/ws-postkasseleverandoer-v1 {2}\(.*; \?wsdl\)\n/);
    assert.match(text, /\/rest\/v1\/personer {2}\(Kontaktregisteret REST; \/rest\/openapi\.json\)\n/);
    assert.match(text, /\/v1\/kontaktinformation {2}\(DFDG REST; \/v1\/openapi\.json\)\n/);
    const [, near] = await ask('/WS-postkasseleverandor-v1/');
    assert.match(near, /did you mean \/ws-postkasseleverandoer-v1\?/);
  });

  it('needs no certificate to be told, over http either, and is no call in the access log', async () => {
    const before = await accesses();
    await assertBare(await station.as(undefined)('DELETE', BASE), 405);
    const response = await fetch(`${station.emulator.url}/v1/nothing`);
    assert.equal(response.status, 404);
    assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    const { problem } = await station.entry(response.headers.get('kontakt-journal') ?? '');
    assert.equal(problem, 'rest.404');
    assert.deepEqual(await accesses(), before);
  });

  it('an address whose escapes are broken is 1014, once the certificate is known to be good', async () => {
    const broken = `${BASE}/emailaddresse/%E0%A4%A`;
    const reply = await station.as('jobcenter')('GET', broken);
    await assertRefused(station, reply, 1014, 400);
    const { path, explanation } = await station.entry(reply.journal);
    assert.equal(path, broken);
    assert.match((explanation as { found: string }).found, /%E0%A4%A/);
    await assertRefused(station, await station.as(undefined)('GET', broken), 1101, 401);
    await assertRefused(station, await station.as('utloept')('POST', broken, { body: '{}' }), 1012, 401);
  });

  it('a path parameter that no register would hold is 1014', async () => {
    const reply = await station.as('jobcenter')('GET', `${BASE}/emailaddresse/${'x'.repeat(501)}`);
    await assertRefused(station, reply, 1014, 400);
  });

  it('a broken address outside the REST service is answered as before', async () => {
    const response = await fetch(`${station.emulator.url}/elsewhere/%E0%A4%A`);
    assert.equal(response.status, 400);
    assert.equal(response.headers.get('kontakt-journal'), null);
  });
});
