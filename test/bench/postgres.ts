// One emulator over PostgreSQL beside one over SQLite, in turn, by hand: npx tsx test/bench/postgres.ts. Ratios within one run count.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCluster } from '../store/postgres/cluster.ts';
import { memory, processorTime, runLoad, startEmulator, stop } from './processes.ts';
import { prepare } from './requests.ts';

const COUNT = Number(process.env.BENCH_REQUESTS ?? 3000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  /** Milliseconds of one request. */
  readonly processor: number;
  readonly memory: number;
  readonly startup: number;
}

const measure = async (
  data: string,
  more: readonly string[],
  connections: number,
  signed: boolean,
): Promise<Measured> => {
  const profile = signed ? [] : ['--profile', 'none'];
  const running = await startEmulator(data, [...more, ...profile]);
  const { httpPort = 0, child, startup } = running;
  const pid = child.pid ?? 0;
  const load = async (count: number) =>
    runLoad(await prepare(signed ? data : undefined, httpPort, count), {
      port: httpPort,
      connections,
      requests: join(data, 'requests.json'),
      expected: '>OK<',
    });
  await load(Math.ceil(COUNT / 4));
  const before = processorTime(pid);
  const { perSecond, p50 } = await load(COUNT);
  const processor = (processorTime(pid) - before) / COUNT;
  const peak = memory(pid, 'VmHWM');
  await stop(running);
  return { perSecond, p50, processor, memory: peak, startup };
};

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

const folder = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
const server = makeCluster('fsync = on\nfull_page_writes = on\nshared_buffers = 128MB\n');
const store = ['--store', server.database()];
try {
  for (const [connections, signed] of [
    [16, true],
    [16, false],
    [1, true],
  ] as const) {
    const rows: Record<'SQLite' | 'PostgreSQL', Measured[]> = { SQLite: [], PostgreSQL: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rows.SQLite.push(await measure(folder, [], connections, signed));
      rows.PostgreSQL.push(await measure(folder, store, connections, signed));
    }
    const of = (all: readonly Measured[]) => ({
      'requests/s': Math.round(median(all.map(({ perSecond }) => perSecond))),
      'p50 ms': median(all.map(({ p50 }) => p50)).toFixed(2),
      'processor ms': median(all.map(({ processor }) => processor)).toFixed(2),
      'peak MB': Math.round(median(all.map((one) => one.memory))),
      'start ms': Math.round(median(all.map(({ startup }) => startup))),
    });
    const ratio = median(
      rows.PostgreSQL.map(({ perSecond }, round) => perSecond / (rows.SQLite[round]?.perSecond ?? 1)),
    );
    process.stdout.write(
      `${connections} connections, ${signed ? 'signed' : 'unsigned'}: PostgreSQL ÷ SQLite ${ratio.toFixed(2)}\n`,
    );
    console.table({ SQLite: of(rows.SQLite), PostgreSQL: of(rows.PostgreSQL) });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
