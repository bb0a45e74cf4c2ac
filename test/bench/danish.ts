// The benchmark of the Danish services over mutual TLS, run by hand: node --import tsx test/bench/danish.ts. Ratios count.
// Sixteen connections; each Save changes the register. The load and the bare route run in processes of their own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kinds } from './danish-requests.ts';
import { type Load, type Running, runLoad, startBare, startEmulator, stop } from './processes.ts';

const COUNT = Number(process.env.BENCH_REQUESTS ?? 12_000);
const CONNECTIONS = 16;

const directory = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
const running: Running[] = [];
try {
  const pki = join(directory, 'pki');
  const emulator = await startEmulator(directory);
  running.push(emulator);
  const bare = await startBare(pki);
  running.push(bare);
  const load = (name: string, count: number): Load => {
    const [client, expected, request] = kinds[name] ?? ['', '', () => ''];
    const { httpsPort = 0 } = name.startsWith('bare') ? bare : emulator;
    return runLoad(
      Array.from({ length: count }, (_, at) => request(at)),
      {
        port: httpsPort,
        connections: CONNECTIONS,
        requests: join(directory, 'requests.json'),
        expected,
        identity: { pki, client },
      },
    );
  };
  for (const name of Object.keys(kinds)) load(name, COUNT / 4);
  const BARE = 'bare fastify route, JSON';
  const print = (name: string, { perSecond, p50, p99, handshakes }: Load, ratio: string): void => {
    const [first, others] = handshakes.map((time) => time.toFixed(1));
    process.stdout.write(
      `${name.padEnd(38)} ${perSecond.toFixed(0).padStart(6)}/s  ${ratio}  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  handshake ${first} ms, then ${others} ms\n`,
    );
  };
  // The bare route right before and right after: a machine is not the same from one minute to the next.
  for (const name of Object.keys(kinds).filter((one) => one !== BARE)) {
    const before = load(BARE, COUNT / 2);
    const measured = load(name, COUNT);
    const after = load(BARE, COUNT / 2);
    const ratio = (2 * measured.perSecond) / (before.perSecond + after.perSecond);
    print(BARE, before, '             ');
    print(name, measured, `${ratio.toFixed(2)} of bare`);
    print(BARE, after, '             ');
  }
} finally {
  for (const one of running) await stop(one);
  rmSync(directory, { recursive: true, force: true });
}
