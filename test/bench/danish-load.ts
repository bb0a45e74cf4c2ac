// The two other processes of the Danish benchmark: a load generator over kept-alive mutual TLS, and a bare fastify route.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import fastify from 'fastify';

const CONNECTIONS = 16;
const [role = '', data = '', portText = '', client = '', expected = ''] = process.argv.slice(2);

export interface Load {
  readonly count: number;
  readonly bad: number;
  readonly sample: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of one TLS handshake, both certificates sent: the first, and the median of the others. */
  readonly handshakes: readonly [first: number, median: number];
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length * share)] ?? 0;

/** A route that does nothing but JSON, behind the emulator's own TLS material. */
const serveBare = async (): Promise<void> => {
  const file = (name: string): string => readFileSync(join(data, 'pki', name), 'utf8');
  const https = {
    cert: file('server.pem'),
    key: file('server.key'),
    ca: file('trust.pem'),
    requestCert: true,
    rejectUnauthorized: false,
  };
  const app = fastify({ https });
  app.post('/bare', async () => ({ serviceRequestLogReferenceIdentifier: randomUUID() }));
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  process.stdout.write(`listening https=${address}\n`);
};

/** Keeps the connections busy with the prepared requests, a JSON list of texts. */
const generateLoad = async (): Promise<void> => {
  const requests = (JSON.parse(readFileSync(join(data, 'requests.json'), 'utf8')) as string[]).map((text) =>
    Buffer.from(text),
  );
  const identity = {
    ca: readFileSync(join(data, 'pki/trust.pem')),
    cert: readFileSync(join(data, `pki/clients/${client}.pem`)),
    key: readFileSync(join(data, `pki/clients/${client}.key`)),
    host: '127.0.0.1',
    port: Number(portText),
  };
  const handshakes: number[] = [];
  const open = (): Promise<TLSSocket> =>
    new Promise((resolve, reject) => {
      const begun = performance.now();
      const socket = connect(identity, () => {
        handshakes.push(performance.now() - begun);
        socket.setNoDelay(true);
        resolve(socket);
      });
      socket.once('error', reject);
    });
  const sockets: TLSSocket[] = [];
  for (let index = 0; index < CONNECTIONS; index += 1) sockets.push(await open());

  const latencies: number[] = [];
  let next = 0;
  let bad = 0;
  let sample = '';
  const drive = (socket: TLSSocket): Promise<void> =>
    new Promise((resolve, reject) => {
      let sent = 0;
      let text = '';
      const send = (): void => {
        const request = requests[next];
        next += 1;
        if (!request) {
          socket.end();
          resolve();
          return;
        }
        sent = performance.now();
        socket.write(request);
      };
      // The answers are ASCII, so characters are octets.
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        const head = text.indexOf('\r\n\r\n');
        const length = /content-length: (\d+)/i.exec(text.slice(0, head))?.[1];
        if (head < 0 || text.length < head + 4 + Number(length)) return;
        latencies.push(performance.now() - sent);
        if (!text.includes(expected)) {
          bad += 1;
          sample = text;
        }
        text = '';
        send();
      });
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('the server closed a connection')));
      send();
    });
  const start = performance.now();
  await Promise.all(sockets.map(drive));
  const perSecond = (latencies.length / (performance.now() - start)) * 1000;
  const [first = 0, ...others] = handshakes;
  const result: Load = {
    count: latencies.length,
    bad,
    sample,
    perSecond,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    handshakes: [first, quantile(others, 0.5)],
  };
  process.stdout.write(JSON.stringify(result));
};

if (role === 'bare') await serveBare();
if (role === 'load') await generateLoad();
