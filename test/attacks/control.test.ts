// Attacks through the control interface: a stranger's message or page must not reach the emulator's switches.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { type Arena, PATH, PERSON } from './arena.ts';
import { arenaOfAll } from './family.ts';

describe('attacks: the control interface', () => {
  let arena: Arena;
  before(async () => {
    arena = await arenaOfAll();
  });

  const statusFor = (path: string, headers: Record<string, string>, method = 'GET'): Promise<number> =>
    new Promise((resolve, reject) => {
      request(`${arena.emulator.url}/_emulator${path}`, { method, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it('refuses a page of another site', async () => {
    assert.equal(await statusFor('/reset', { origin: 'http://evil.example' }, 'POST'), 403);
  });

  it('refuses a name that was rebound to loopback', async () => {
    const host = 'evil.example:8080';
    assert.equal(await statusFor('/persons', { host }), 403);
    assert.equal(await statusFor('/reset', { host, origin: `http://${host}` }, 'POST'), 403);
  });

  it('shows a message without letting a browser run it', async () => {
    for (const type of ['text/html', 'image/svg+xml', 'text/xml']) {
      const body = '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>';
      const answer = await arena.post({ body, headers: { 'content-type': type } });
      const id = answer.headers.get('kontakt-journal');
      const shown = await fetch(`${arena.emulator.url}/_emulator/journal/${id}/message`);
      const harmless =
        /^(?:text\/plain|application\/octet-stream)/.test(shown.headers.get('content-type') ?? '') ||
        /sandbox/.test(shown.headers.get('content-security-policy') ?? '');
      assert.ok(harmless, `${type} is shown as ${shown.headers.get('content-type')}`);
      assert.equal(shown.headers.get('x-content-type-options'), 'nosniff');
    }
  });

  for (const [name, before] of [
    ['a space', ' '],
    ['a tab', '\t'],
    ['a line feed', '\n'],
  ] as const) {
    it(`masks a person number behind ${name}, in the entry and in the message`, async () => {
      const text = `-${before}${PERSON}`;
      const answer = await arena.post(arena.message().replace('</soap:Header>', `${text}</soap:Header>`));
      const id = answer.headers.get('kontakt-journal');
      for (const path of [`/journal/${id}`, `/journal/${id}/message`]) {
        const shown = await (await fetch(`${arena.emulator.url}/_emulator${path}`)).text();
        assert.ok(!shown.includes(PERSON), `${path} shows the whole number`);
      }
    });
  }

  it('answers a path that is no path tersely', async () => {
    for (const path of [
      '/%',
      '/%zz',
      `${PATH}/..%2f..%2fetc/passwd`,
      `${PATH}?xsd=../../package.json`,
      `${PATH}?wsdl=%00`,
    ]) {
      const answer = await fetch(`${arena.emulator.url}${path}`);
      assert.doesNotMatch(await answer.text(), /node_modules|\bat .*:\d+|devDependencies/);
      assert.ok(answer.status < 500, `${answer.status} ${path}`);
    }
  });
});
