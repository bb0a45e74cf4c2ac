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
    ['DELETE', BASE, 'GET, POST'],
    ['PUT', BASE, 'GET, POST'],
    ['OPTIONS', BASE, 'GET, POST'],
    ['PROPFIND', BASE, 'GET, POST'],
    ['GET', `${BASE}/status`, 'POST'],
    ['GET', `${BASE}/verificering/`, 'POST'],
    ['PATCH', `${BASE}/verifikationskode?x=1`, 'POST'],
    ['POST', LOOKUP, 'GET'],
    ['POST', `${BASE}/emailaddresse/a%40b`, 'GET'],
    ['POST', '/v1/openapi.json', 'GET'],
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

  it('HEAD of a method that only knows GET is 405', async () => {
    const reply = await station.as('jobcenter')('HEAD', LOOKUP);
    assert.deepEqual([reply.status, reply.headers.allow], [405, 'GET']);
  });

  it('needs no certificate to be told, over http either, and is no call in the access log', async () => {
    await assertBare(await station.as(undefined)('DELETE', BASE), 405);
    const response = await fetch(`${station.emulator.url}/v1/nothing`);
    assert.equal(response.status, 404);
    assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    const { problem } = await station.entry(response.headers.get('kontakt-journal') ?? '');
    assert.equal(problem, 'rest.404');
    assert.deepEqual(await accesses(), []);
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
