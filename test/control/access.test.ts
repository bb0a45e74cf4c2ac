// Who may use the control interface: this machine, others with the token, web pages never.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { control, startRunning } from '../running.ts';

const TOKEN = 'a-token-of-the-test';
const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

/** The status of a GET with headers that fetch would not send. */
const statusWith = (url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(`${url}/_emulator/persons`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });

describe('access to the control interface', () => {
  let emulator: Emulator;

  before(async () => {
    emulator = await startRunning({ host: '0.0.0.0', controlToken: TOKEN });
  });
  after(() => emulator.close());

  const at = (address: string): string => emulator.url.replace('0.0.0.0', address);

  it('is open on loopback without a token', async () => {
    assert.equal((await control(at('127.0.0.1'), 'GET', '/health')).http, 200);
  });

  it('from elsewhere needs the token', async function () {
    if (!outside) return this.skip();
    const url = at(outside);
    const withToken = (token: string) => control(url, 'GET', '/health', undefined, { authorization: token });
    const { http, type } = await control(url, 'GET', '/health');
    assert.equal(http, 401);
    assert.match(type, /problem\+json/);
    const { headers } = await fetch(`${url}/_emulator/health`);
    assert.equal(headers.get('www-authenticate'), 'Bearer realm="kontakt-emulator"');
    for (const wrong of [`Bearer ${TOKEN}x`, 'Bearer', TOKEN, `Basic ${TOKEN}`])
      assert.equal((await withToken(wrong)).http, 401, wrong);
    assert.equal((await withToken(`Bearer ${TOKEN}`)).http, 200);
    assert.equal((await control(url, 'GET', '/nothing')).http, 401);
  });

  it('from elsewhere is closed where no token is set, whatever a proxy header claims', async function () {
    if (!outside) return this.skip();
    const closed = await startRunning({ host: '0.0.0.0' });
    const url = closed.url.replace('0.0.0.0', outside);
    for (const headers of [
      {},
      { 'x-forwarded-for': '127.0.0.1' },
      { authorization: 'Bearer undefined' },
    ] as Record<string, string>[])
      assert.equal((await control(url, 'POST', '/reset', undefined, headers)).http, 403);
    await closed.close();
  });

  it('from elsewhere shows person numbers masked even when asked otherwise', async function () {
    if (!outside) return this.skip();
    const url = at(outside);
    await fetch(`${url}/ws-postkasseleverandoer-v1`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: '<a>12838410985</a>',
    });
    const message = async (address: string) => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const { json } = await control(at(address), 'GET', '/journal?limit=1', undefined, headers);
      const [{ id = '' } = {}] = (json as { entries: { id: string }[] }).entries;
      return (
        await fetch(`${at(address)}/_emulator/journal/${id}/message?unmasked=true`, { headers })
      ).text();
    };
    assert.equal(await message(outside), '<a>128384*****</a>');
    assert.equal(await message('127.0.0.1'), '<a>12838410985</a>');
  });

  it('is refused to pages of another origin, and given to its own', async () => {
    const url = at('127.0.0.1');
    for (const origin of ['http://evil.example', 'null', url.replace('http:', 'https:'), `${url}0`]) {
      const { http, type } = await control(url, 'POST', '/reset', undefined, { origin });
      assert.equal(http, 403, origin);
      assert.match(type, /problem\+json/);
    }
    assert.equal((await control(url, 'POST', '/reset', undefined, { origin: url })).http, 200);
    const { http } = await control(url, 'POST', '/reset', undefined, {
      origin: 'http://evil.example',
      authorization: `Bearer ${TOKEN}`,
    });
    assert.equal(http, 403);
  });

  it('is refused to a page whose name was pointed at this machine', async () => {
    const host = `evil.example:${new URL(emulator.url).port}`;
    const own = await startRunning();
    assert.equal(await statusWith(own.url, { host, origin: `http://${host}` }), 403);
    assert.equal(await statusWith(own.url, { host }), 403);
    await own.close();
  });

  it('shows that a token is set, never the token', async () => {
    const { json } = await control(at('127.0.0.1'), 'GET', '/info');
    assert.doesNotMatch(JSON.stringify(json), new RegExp(TOKEN));
    assert.match(JSON.stringify(json), /"controlToken":"\(set\)"/);
  });
});
