// A polite end: SIGTERM and Ctrl-C finish what is open, close the register, and exit with 0.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { newDataDirectory } from '../directories.ts';
import { type Serving, serve } from '../program.ts';
import { DIGIPOST, signed, startRunning } from '../running.ts';

const PERSON = '12838410985';

/** Begins a request: its head was read when this returns, for who expects 100 is told so. What comes back then is the answer. */
const begin = async (url: string, length: number): Promise<{ socket: Socket; answer: Promise<string> }> => {
  const { host, hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname)
    .setEncoding('utf8')
    .on('error', () => {});
  socket.write(
    `POST /ws-postkasseleverandoer-v1 HTTP/1.1\r\nHost: ${host}\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`,
  );
  const [told] = (await once(socket, 'data')) as [string];
  assert.match(told, /^HTTP\/1\.1 100 /);
  let received = '';
  socket.on('data', (text: string) => {
    received += text;
  });
  return { socket, answer: once(socket, 'close').then(() => received) };
};

/** Returns when nobody is let in any more. Each try is somebody who is, and makes the others wait: there are few. */
const untilShut = async (url: string): Promise<void> => {
  const { hostname, port } = new URL(url);
  const isOpen = (): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => resolve(true));
      socket.once('error', () => resolve(false)).once('connect', () => socket.destroy());
    });
  while (await isOpen()) await setTimeout(100);
};

/** Sends a request in two parts with a signal between them, and returns the answer. */
const interrupted = async (url: string, envelope: string, signal: () => void): Promise<string> => {
  const bytes = Buffer.from(envelope);
  const { socket, answer } = await begin(url, bytes.length);
  socket.write(bytes.subarray(0, 500));
  signal();
  await untilShut(url);
  socket.write(bytes.subarray(500));
  return answer;
};

describe('an emulator that is told to stop', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`by ${signal} finishes the open request, stores it, and exits with 0`, async () => {
      const data = await newDataDirectory();
      const serving = await serve(['--data', data]);
      const client = {
        certificatePem: readFileSync(join(data, 'pki/clients/digipost.pem'), 'utf8'),
        keyPem: readFileSync(join(data, 'pki/clients/digipost.key'), 'utf8'),
      };
      const values = {
        personidentifikator: PERSON,
        postkasseleverandoerOrgNummer: DIGIPOST,
        postkasseadresse: 'kari.testesen#1A2B',
      };
      const envelope = signed('OpprettPostkasse', values, client);
      const answer = await interrupted(serving.url, envelope, () => serving.child.kill(signal));
      assert.match(answer, /^HTTP\/1\.1 200 /);
      assert.match(answer, /status>OK</);
      const { code, stderr } = await serving.ended;
      assert.equal(code, 0);
      assert.equal(stderr, '');
      assert.ok(!existsSync(join(data, 'register.db-wal')), 'the log is brought into the register');
      const again = await serve(['--data', data]);
      const shown = await fetch(`${again.url}/_emulator/persons/no/${PERSON}`);
      assert.equal(((await shown.json()) as { postkasser: unknown[] }).postkasser.length, 1);
      again.child.kill('SIGKILL');
      await again.ended;
    });

    it(`by ${signal} as soon as it says that it listens exits with 0`, async () => {
      for (let round = 0; round < 3; round += 1) {
        const serving = await serve(['--data', await newDataDirectory()]);
        serving.child.kill(signal);
        const { code, signal: died } = await serving.ended;
        assert.deepEqual([code, died], [0, null]);
      }
    });
  }

  describe('while a peer keeps its connection and never finishes', () => {
    let serving: Serving;
    // How long a start takes is not part of the end.
    before(async () => {
      serving = await serve(['--data', await newDataDirectory()]);
    });

    it('exits with 0 all the same', async () => {
      const { socket, answer } = await begin(serving.url, 9);
      socket.write('<a>');
      const silent = connect(Number(new URL(serving.tlsUrl).port), '127.0.0.1').on('error', () => {});
      await once(silent, 'connect');
      serving.child.kill('SIGTERM');
      assert.equal((await serving.ended).code, 0);
      // A request that takes too long is answered otherwise: with words, and later.
      assert.equal(await answer, '');
      silent.destroy();
    });
  });

  for (const over of ['http', 'https'] as const)
    it(`answers whoever stands at the door at that moment, over ${over}`, async () => {
      const data = await newDataDirectory();
      const serving = await serve(['--data', data]);
      const ca = readFileSync(join(data, 'pki/trust.pem'));
      const open = (): Socket =>
        over === 'http'
          ? connect(Number(new URL(serving.url).port), '127.0.0.1')
          : connectTls({ port: Number(new URL(serving.tlsUrl).port), host: '127.0.0.1', ca });
      // While it sleeps, the kernel takes the connections, and the program accepts none of them.
      serving.child.kill('SIGSTOP');
      const peers = Array.from({ length: over === 'http' ? 200 : 40 }, open);
      const answers = peers.map((socket) => {
        let received = '';
        socket.setEncoding('utf8').on('data', (text: string) => {
          received += text;
        });
        socket.write('GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n\r\n');
        return new Promise<string>((resolve) => {
          socket.once('error', (error) => resolve(String(error)));
          socket.once('close', () => resolve(received));
        });
      });
      // What is written before is sent with the connection.
      await Promise.all(peers.map((socket) => once(socket, 'connect')));
      serving.child.kill('SIGTERM');
      serving.child.kill('SIGCONT');
      for (const answer of await Promise.all(answers)) {
        assert.match(answer, /^HTTP\/1\.1 200 /);
        assert.match(answer, /^connection: close\r$/im);
      }
      assert.equal((await serving.ended).code, 0);
    });

  it('says that it is not ready any more', async () => {
    const emulator = await startRunning();
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
    await once(socket, 'connect');
    const closing = emulator.close();
    socket.write('GET /_emulator/ready HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'close');
    assert.match(received, /^HTTP\/1\.1 503 /);
    assert.match(received, /^connection: close\r$/im);
    assert.match(received, /the emulator is stopping/);
    await closing;
  });
});
