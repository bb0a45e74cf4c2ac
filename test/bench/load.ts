// A load generator in a process of its own: keeps connections busy with prepared requests, one at a time on each.

import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import type { Load, LoadOrder } from './processes.ts';

const order = JSON.parse(process.argv[2] ?? '') as LoadOrder;
const { port, connections, expected, identity } = order;
const requests = (JSON.parse(readFileSync(order.requests, 'utf8')) as string[]).map((text) =>
  Buffer.from(text),
);

const material = identity && {
  ca: readFileSync(join(identity.pki, 'trust.pem')),
  cert: readFileSync(join(identity.pki, `clients/${identity.client}.pem`)),
  key: readFileSync(join(identity.pki, `clients/${identity.client}.key`)),
};
const handshakes: number[] = [];

/** One connection, its handshake counted apart. */
const open = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const address = { port, host: '127.0.0.1' };
    const opened = (): void => {
      handshakes.push(performance.now() - begun);
      socket.setNoDelay(true);
      resolve(socket);
    };
    const socket: Socket = material
      ? connectTls({ ...material, ...address }, opened)
      : connect(address, opened);
    socket.once('error', reject);
  });
const sockets: Socket[] = [];
for (let index = 0; index < connections; index += 1) sockets.push(await open());

const latencies: number[] = [];
let next = 0;
let bad = 0;
let sample = '';

/** Whether the text begins with a whole answer. The answers are nearly ASCII: characters are octets. */
const isWhole = (text: string): boolean => {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /content-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  return text.length >= head + 4 + Number(length);
};

const drive = (socket: Socket): Promise<void> =>
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
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!isWhole(text)) return;
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

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length * share)] ?? 0;

const start = performance.now();
const used = process.cpuUsage();
await Promise.all(sockets.map(drive));
const perSecond = (latencies.length / (performance.now() - start)) * 1000;
const { user, system } = process.cpuUsage(used);
const [first = 0, ...others] = handshakes;
const result: Load = {
  count: latencies.length,
  bad,
  sample,
  perSecond,
  processor: (user + system) / 1000,
  p50: quantile(latencies, 0.5),
  p99: quantile(latencies, 0.99),
  handshakes: [first, quantile(others, 0.5)],
};
process.stdout.write(JSON.stringify(result));
