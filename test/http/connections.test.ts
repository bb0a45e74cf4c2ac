// Connections that come to nothing, and requests that no service sees: each is told, with its remedy, and answered in words.

import assert from 'node:assert/strict';
import { connect as connectTls, type SecureVersion } from 'node:tls';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { describeWith, stacks } from '../interop/stacks.ts';
import { run } from '../interop/tool.ts';
import { control, startRunning } from '../running.ts';
import { dial, entryOf, portOf, send } from './wire.ts';

describe('a connection that comes to nothing', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  beforeEach(() => emulator.reset({ journal: true }));
  after(() => emulator.close());

  const assertTold = async (problem: string, path: string, remedy: RegExp): Promise<void> => {
    const entry = await entryOf(emulator, problem);
    assert.deepEqual([entry.remote, entry.path], ['127.0.0.1', path]);
    assert.match(entry.explanation?.remedy ?? '', remedy);
    const { json } = await control(emulator.url, 'GET', `/journal/${entry.id}`);
    assert.equal((json as { problem: string }).problem, problem);
  };

  // The first of all: how often a cause came again is told a second later, in the middle of whatever comes then.
  it('is not told where it only looked whether the port is open', async () => {
    for (const url of [emulator.url, emulator.tlsUrl]) {
      const { socket, said } = dial(url);
      socket.end();
      assert.equal(await said, '');
    }
    assert.deepEqual(emulator.journal.list(), []);
  });

  it('is answered in words where it speaks plain HTTP on the https port', async () => {
    const body = 'x'.repeat(300_000);
    for (const request of [
      'GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n',
      `POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    ]) {
      const answer = await send(emulator.tlsUrl, request);
      assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
      assert.ok(answer.includes(`use ${emulator.tlsUrl}`), answer);
    }
    await assertTold('tls.plain-http', '/x', /use https:/);
  });

  it('is answered in words where it speaks TLS on the http port', async () => {
    await new Promise<void>((resolve) => {
      connectTls({ port: portOf(emulator.url), host: '127.0.0.1' }).on('error', () => resolve());
    });
    await assertTold('http.tls', 'http', /https port/);
  });

  it('is told where the client does not trust the emulator', async () => {
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as SecureVersion[]) {
      await emulator.reset({ journal: true });
      await new Promise<void>((resolve) => {
        const socket = connectTls({ port: portOf(emulator.tlsUrl), host: '127.0.0.1', maxVersion });
        socket.on('error', () => resolve());
      });
      await assertTold('tls.left', 'tls', /let it trust pki\/trust\.pem/);
    }
  });

  it('is told where no cipher is shared, and where what comes is no TLS', async () => {
    await new Promise<void>((resolve) => {
      const options = { ciphers: 'ECDHE-ECDSA-AES128-SHA', maxVersion: 'TLSv1.2' as const };
      connectTls({ port: portOf(emulator.tlsUrl), host: '127.0.0.1', ...options }).on('error', () =>
        resolve(),
      );
    });
    await assertTold('tls.cipher', 'tls', /usual suite/);
    await send(emulator.tlsUrl, Buffer.alloc(64, 7));
    await assertTold('tls.version', 'tls', /TLS 1\.2/);
  });

  it('is told once a second for one cause and address, with how many more there were', async () => {
    const begin = performance.now();
    await Promise.all(
      Array.from({ length: 30 }, () => send(emulator.tlsUrl, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')),
    );
    const told = emulator.journal.list().length;
    const seconds = (performance.now() - begin) / 1000;
    assert.ok(told < 4 + seconds, `${told} entries in ${seconds} s`);
  });
});

describeWith([stacks.openssl, stacks.curl], 'a handshake that openssl or curl breaks off', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  beforeEach(() => emulator.reset({ journal: true }));
  after(() => emulator.close());

  it('is told for TLS 1.1', async () => {
    const { host } = new URL(emulator.tlsUrl);
    await run('openssl', ['s_client', '-connect', host, '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0']);
    const { explanation } = await entryOf(emulator, 'tls.version');
    assert.equal(explanation?.expected, 'TLS 1.2 or 1.3');
    assert.match(explanation.remedy, /offer TLS 1\.2/);
  });

  it('is told for a client that sends an alert since it does not trust the emulator', async () => {
    for (const version of ['1.2', '1.3']) {
      await emulator.reset({ journal: true });
      await run('curl', ['-s', '--tls-max', version, `${emulator.tlsUrl}/`]);
      const { explanation } = await entryOf(emulator, 'tls.distrusted');
      assert.match(explanation?.found ?? '', /unknown ca/);
      assert.match(explanation?.remedy ?? '', /pki\/trust\.pem/);
    }
  });
});

for (const over of ['http', 'https'] as const)
  describe(`a request that the HTTP library refuses by itself, over ${over}`, () => {
    let emulator: Emulator;
    before(async () => {
      emulator = await startRunning();
    });
    beforeEach(() => emulator.reset({ journal: true }));
    after(() => emulator.close());

    const speak = (bytes: string): Promise<string> => {
      if (over === 'http') return send(emulator.url, bytes);
      return new Promise((resolve) => {
        const ca = emulator.pki.trustPem;
        const socket = connectTls({ port: portOf(emulator.tlsUrl), host: '127.0.0.1', ca });
        let said = '';
        socket.setEncoding('utf8').on('error', () => {});
        socket.on('data', (text: string) => {
          said += text;
        });
        socket.once('close', () => resolve(said));
        socket.write(bytes);
      });
    };
    const HEAD = 'GET /_emulator/health HTTP/1.1\r\nConnection: close\r\n';
    const cases: readonly (readonly [string, string, number, string, RegExp])[] = [
      ['no HTTP at all', 'hello, emulator\r\n\r\n', 400, 'http.request', /HTTP library/],
      ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'http.request', /HTTP\/1\.1/],
      [
        'a header without a name',
        `${HEAD}Host: localhost\r\n: x\r\n\r\n`,
        400,
        'http.request',
        /HTTP library/,
      ],
      [
        'headers of 20 KB',
        `${HEAD}Host: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
        431,
        'http.headers-too-large',
        /shorter/,
      ],
      [
        'an expectation that nobody knows',
        `${HEAD}Host: localhost\r\nExpect: miracles\r\n\r\n`,
        417,
        'http.expectation',
        /leave the header out/,
      ],
      [
        'a client that takes it for a proxy',
        'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
        405,
        'http.proxy',
        /proxy/,
      ],
      ['no Host header', `${HEAD}\r\n`, 400, 'http.host', /set Host/],
      ['two Host headers', `${HEAD}Host: localhost\r\nHost: other\r\n\r\n`, 400, 'http.host', /none beside/],
      [
        'two equal Host headers',
        `${HEAD}Host: localhost\r\nhost: localhost\r\n\r\n`,
        400,
        'http.host',
        /set Host/,
      ],
    ];
    for (const [what, bytes, status, problem, remedy] of cases)
      it(`is ${status} in words for ${what}`, async () => {
        const answer = await speak(bytes);
        assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `));
        assert.match(answer, remedy);
        const { id, httpStatus, explanation } = await entryOf(emulator, problem);
        assert.equal(httpStatus, status);
        assert.match(explanation?.remedy ?? '', remedy);
        assert.match(answer, new RegExp(`kontakt-journal: ${id}`, 'i'));
        assert.equal(emulator.journal.list().length, 1, 'one cause is told once');
      });

    for (const path of [
      '/ws-postkasseleverandoer-v1',
      '/nothing',
      '/v1/kontaktinformation',
      '/_emulator/reset',
    ])
      it(`two Host headers are refused at ${path} before anything else is looked at`, async () => {
        const host = `Host: 127.0.0.1:${portOf(emulator.url)}\r\n`;
        const answer = await speak(
          `POST ${path} HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n${host}${host}\r\n`,
        );
        assert.match(answer, /^HTTP\/1\.1 400 /);
        assert.match(answer, /found 2 of them/);
        assert.match(
          answer,
          path.startsWith('/v1') || path.startsWith('/_') ? /problem\+json/ : /text\/plain/,
        );
      });

    it('is answered without a Host header where it speaks HTTP/1.0, which knows none', async () => {
      assert.match(await speak('GET /_emulator/health HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /);
    });
  });
