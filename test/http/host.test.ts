// A page in a browser reaches no service that asks for no signature: neither by its Origin nor by a name of its own.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { request as requestTls } from 'node:https';
import { jobnet } from '../../src/dfdg/soap/services.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { createHostRule } from '../../src/http/host.ts';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { clientOf, startRunning } from '../running.ts';
import { entryOf, portOf } from './wire.ts';

const SOAP = postkasseleverandoer.paths[0] ?? '';
const DANISH = jobnet.paths[0] ?? '';
const REST = '/v1/kontaktinformation';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly journal: string;
}

/** A POST with headers that fetch would not send; over https with the certificate of jobnet. */
const ask = (
  emulator: Emulator,
  path: string,
  headers: Readonly<Record<string, string>>,
  over: 'http' | 'https' = 'http',
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { certificatePem: cert, keyPem: key } = clientOf(emulator, 'jobnet');
    const options = {
      method: 'POST',
      headers: { 'content-type': 'text/xml', ...headers },
      agent: false,
      servername: 'localhost',
    } as const;
    const sent =
      over === 'http'
        ? request(`${emulator.url}${path}`, options)
        : requestTls(`${emulator.tlsUrl}${path}`, { ...options, cert, key, ca: emulator.pki.trustPem });
    sent.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          text,
          journal: String(response.headers['kontakt-journal'] ?? ''),
        }),
      );
    });
    sent.end('<a/>');
  });

/** Whether it was refused for its Host or Origin; 403 has other reasons too. */
const kept = ({ status, text }: Answer): boolean =>
  status === 403 && /expected (?:localhost, |no page of another site)/.test(text);

describe('a service under the profile none', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning({
      profile: 'none',
      allowHost: ['kontakt.internal'],
      publicUrl: 'https://public.example/',
    });
  });
  beforeEach(() => emulator.reset({ journal: true }));
  after(() => emulator.close());

  for (const path of [SOAP, DANISH, REST]) {
    it(`refuses a name that was rebound to this machine, at ${path}, and says what to do`, async () => {
      for (const host of [
        'evil.example',
        'evil.example:8080',
        'localhost.evil.example',
        '127.0.0.1.evil.example',
      ]) {
        const { status, type, text, journal } = await ask(emulator, path, { host });
        assert.equal(status, 403, host);
        assert.match(text, /--allow-host [a-z0-9.]*evil\.example/);
        assert.match(type, path === REST ? /^application\/problem\+json/ : /^text\/plain/);
        const entry = await entryOf(emulator, 'http.address');
        assert.deepEqual([entry.id, entry.httpStatus, entry.path], [journal, 403, path]);
        assert.match(entry.explanation?.remedy ?? '', /--allow-host/);
        await emulator.reset({ journal: true });
      }
    });

    it(`refuses a page of another site, at ${path}`, async () => {
      const host = `localhost:${portOf(emulator.url)}`;
      for (const origin of ['http://evil.example', 'null', `https://${host}`, `http://${host}0`])
        assert.ok(kept(await ask(emulator, path, { host, origin })), origin);
      assert.ok(!kept(await ask(emulator, path, { host, origin: `http://${host}` })));
      assert.ok(!kept(await ask(emulator, path, { host, origin: 'https://public.example' })));
    });

    it(`answers at the names of loopback, of --public-url and of --allow-host, at ${path}`, async () => {
      for (const host of [
        'localhost',
        'LOCALHOST.',
        '127.0.0.1:1',
        '127.9.9.9',
        '[::1]:8080',
        'public.example',
        'Kontakt.Internal:80',
      ])
        assert.ok(!kept(await ask(emulator, path, { host })), host);
    });
  }
});

describe('a service that asks for a signature or a certificate', () => {
  it('answers at any name: a browser has neither', async () => {
    const emulator = await startRunning({ profiles: { postkasseleverandoer: 'none' } });
    try {
      const host = 'kontakt.example';
      assert.ok(kept(await ask(emulator, SOAP, { host })));
      for (const path of [DANISH, REST]) assert.ok(!kept(await ask(emulator, path, { host }, 'https')), path);
    } finally {
      await emulator.close();
    }
  });
});

describe('the control interface without a token', () => {
  it('is open to the names that are allowed, and says how to allow one', async () => {
    const emulator = await startRunning({ allowHost: ['kontakt.internal'] });
    try {
      assert.equal((await ask(emulator, '/_emulator/nothing', { host: 'kontakt.internal:99' })).status, 404);
      const { status, text } = await ask(emulator, '/_emulator/nothing', { host: 'other.internal' });
      assert.equal(status, 403);
      assert.match(text, /--allow-host other\.internal/);
    } finally {
      await emulator.close();
    }
  });
});

describe('the rule on Host', () => {
  const rule = createHostRule({ host: '0.0.0.0', allowHost: ['::2'] });
  const judge = (host: string | undefined, localAddress: string) =>
    rule.all({ host, origin: undefined, protocol: 'http', localAddress })?.found;

  it('lets in who names the very address that the connection came in at', () => {
    assert.equal(judge('192.0.2.7:8080', '::ffff:192.0.2.7'), undefined);
    assert.equal(judge('[2001:DB8::1]', '2001:db8::1'), undefined);
    assert.equal(judge('192.0.2.7', '192.0.2.8'), '192.0.2.7');
    assert.equal(judge('[::2]:1', '127.0.0.1'), undefined);
  });

  it('lets in who sends no Host, which no browser does', () => {
    assert.equal(judge(undefined, '127.0.0.1'), undefined);
    assert.equal(judge('', '127.0.0.1'), '');
  });
});
