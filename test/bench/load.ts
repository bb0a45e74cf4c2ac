// A load generator in a process of its own: keeps a number of connections busy with prepared requests.

import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

const [portText = '', connectionsText = '', file = ''] = process.argv.slice(2);
const port = Number(portText);

// The file holds requests, each behind its length in four bytes.
const prepared = readFileSync(file);
const requests: Buffer[] = [];
for (let at = 0; at < prepared.length; ) {
  const length = prepared.readUInt32BE(at);
  requests.push(prepared.subarray(at + 4, at + 4 + length));
  at += 4 + length;
}

const latencies: number[] = [];
const statuses: Record<string, number> = {};
let next = 0;
let bad = 0;

/** The length of a whole answer at the start of `data`, or 0 while it is not whole. */
const wholeAnswer = (data: Buffer): number => {
  const head = data.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const length = /content-length: (\d+)/i.exec(data.toString('latin1', 0, head))?.[1];
  const whole = head + 4 + Number(length);
  return data.length >= whole ? whole : 0;
};

const drive = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    let sent = 0;
    let data: Buffer = Buffer.alloc(0);
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
      data = data.length === 0 ? chunk : Buffer.concat([data, chunk]);
      if (wholeAnswer(data) === 0) return;
      latencies.push(performance.now() - sent);
      const status = data.toString('latin1', 9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (!data.includes('>OK<')) bad += 1;
      data = Buffer.alloc(0);
      send();
    });
    socket.on('error', reject);
    socket.setNoDelay(true);
    send();
  });

const start = performance.now();
await Promise.all(
  Array.from({ length: Number(connectionsText) }, () => drive(connect({ port, host: '127.0.0.1' }))),
);
const seconds = (performance.now() - start) / 1000;
latencies.sort((left, right) => left - right);
const quantile = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
process.stdout.write(
  JSON.stringify({
    count: latencies.length,
    bad,
    statuses,
    perSecond: latencies.length / seconds,
    p50: quantile(0.5),
    p99: quantile(0.99),
  }),
);
