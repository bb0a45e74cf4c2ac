// The page of the console as it is served: to whom, with which policy, and how large.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { openEmulator } from '../starting.ts';

const FOLDER = join(import.meta.dirname, '../../dist/console');
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";

describe('the page of the console', () => {
  const files = readdirSync(FOLDER);
  let emulator: Emulator;
  let off: Emulator;

  before(async () => {
    const usual = { port: 0, tlsPort: 0, log: 'silent', inMemory: true } as const;
    [emulator, off] = await Promise.all([openEmulator(usual), openEmulator({ ...usual, console: false })]);
  });
  after(() => Promise.all([emulator.close(), off.close()]));

  const get = (path: string, accept: string | undefined = BROWSER, { url }: Emulator = emulator) =>
    fetch(`${url}${path}`, { headers: { accept } });

  it('comes to browsers, at the address of the listener', async () => {
    const response = await get('/');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(response.headers.get('vary'), 'Accept');
    assert.equal(response.headers.get('cache-control'), 'no-cache');
    assert.equal(await response.text(), readFileSync(join(FOLDER, 'index.html'), 'utf8'));
  });

  it('leaves all others what they had: text, or JSON for who prefers it', async () => {
    for (const [accept, type] of [
      ['*/*', /^text\/plain/],
      ['text/plain, text/html;q=0.5', /^text\/plain/],
      ['application/json', /^application\/json/],
      ['application/json, text/html;q=0.9', /^application\/json/],
    ] as const)
      assert.match((await get('/', accept)).headers.get('content-type') ?? '', type, accept);
    assert.match((await get('/_emulator', BROWSER)).headers.get('content-type') ?? '', /^text\/plain/);
  });

  it('has nothing in it that runs, and its files are named by their content and may be kept', async () => {
    const page = await (await get('/')).text();
    assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\bon\w+=|\bstyle=|https?:/);
    const named = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    assert.equal(named.length, 3);
    for (const path of named) {
      assert.match(path, /^\/_console\/[a-z]+-[A-Z0-9]{8}\.(?:js|css|svg)$/);
      const response = await get(path);
      assert.equal(response.status, 200, path);
      assert.match(response.headers.get('cache-control') ?? '', /immutable/);
    }
  });

  it('and its files have the policy that lets nothing in but themselves', async () => {
    for (const path of [
      '/',
      ...files.filter((name) => name !== 'index.html').map((name) => `/_console/${name}`),
    ]) {
      const { headers } = await get(path);
      assert.equal(headers.get('content-security-policy'), POLICY, path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('referrer-policy'), 'no-referrer', path);
    }
  });

  it('serves no other file', async () => {
    for (const name of [
      'index.html',
      'console-00000000.js',
      '..%2f..%2fpackage.json',
      '%2e%2e%2fmain.js',
      'x'.repeat(400),
    ])
      assert.equal((await get(`/_console/${name}`)).status, 404, name);
  });

  it('is left out where it is switched off', async () => {
    assert.match((await get('/', BROWSER, off)).headers.get('content-type') ?? '', /^text\/plain/);
    for (const name of files) assert.equal((await get(`/_console/${name}`, '*/*', off)).status, 404);
  });

  it('needs no token, since it holds nothing', async () => {
    const page = await get('/');
    assert.equal(page.headers.get('set-cookie'), null);
    assert.doesNotMatch(await page.text(), /\d{11}/);
  });

  it('has at most 120 KB, compressed', () => {
    const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(FOLDER, name))).length, 0);
    assert.ok(bytes > 10_000 && bytes <= 120 * 1024, `${bytes} bytes`);
  });
});
