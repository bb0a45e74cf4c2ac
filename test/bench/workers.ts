// Emulators with several worker processes beside one with a single process, in turn, by hand: npx tsx test/bench/workers.ts 1 2.
// Ratios within one run count. Processor time is of all processes of the emulator together, and of the load generator beside it.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { processorTime, runLoad, startEmulator, stop } from './processes.ts';
import { prepare } from './requests.ts';
import { rawSignatures } from './signature.ts';

const COUNT = Number(process.env.BENCH_REQUESTS ?? 4000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Another build, to be measured instead of this one. */
const { BENCH_PROGRAM: PROGRAM } = process.env;
const CONNECTIONS = 16;
const named = process.argv.slice(2);
const compared = named.length > 0 ? named : ['1', '2'];

interface Measured {
  readonly perSecond: number;
  /** Of the rate of raw asynchronous signatures just before. */
  readonly raw: number;
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of one request: of the process that listens, of the workers, of the load generator. */
  readonly processor: readonly [listening: number, workers: number, load: number];
}

const workersOf = async (port: number): Promise<readonly number[]> => {
  const info = (await (await fetch(`http://127.0.0.1:${port}/_emulator/info`)).json()) as {
    readonly workers?: readonly { readonly pid: number }[];
  };
  return (info.workers ?? []).map(({ pid }) => pid);
};

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

const measure = async (seeded: string, workers: string): Promise<Measured> => {
  const data = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
  cpSync(seeded, data, { recursive: true });
  const raw = await rawSignatures();
  const running = await startEmulator(data, ['--workers', workers], PROGRAM);
  const { httpPort = 0, child } = running;
  const load = async (count: number) =>
    runLoad(await prepare(data, httpPort, count), {
      port: httpPort,
      connections: CONNECTIONS,
      requests: join(data, 'requests.json'),
      expected: '>OK<',
    });
  await load(Math.ceil(COUNT / 2));
  const pids = await workersOf(httpPort);
  const times = (): readonly [number, number] => [
    processorTime(child.pid ?? 0),
    sum(pids.map((pid) => processorTime(pid))),
  ];
  const requests = await prepare(data, httpPort, COUNT);
  const before = times();
  const { perSecond, p50, p99, processor } = runLoad(requests, {
    port: httpPort,
    connections: CONNECTIONS,
    requests: join(data, 'requests.json'),
    expected: '>OK<',
  });
  const after = times();
  await stop(running);
  rmSync(data, { recursive: true, force: true });
  const [listening, answering] = after.map((time, place) => (time - (before[place] ?? 0)) / COUNT);
  return {
    perSecond,
    raw: perSecond / raw,
    p50,
    p99,
    processor: [listening ?? 0, answering ?? 0, processor / COUNT],
  };
};

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

const seeded = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
try {
  await stop(await startEmulator(seeded, [], PROGRAM));
  const rows = new Map<string, Measured[]>(compared.map((workers) => [workers, []]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const workers of compared) rows.get(workers)?.push(await measure(seeded, workers));
  process.stdout.write(
    `${availableParallelism()} cores, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${COUNT}\n`,
  );
  const [first = []] = rows.values();
  console.table(
    Object.fromEntries(
      [...rows].map(([workers, all]) => {
        const [listening, answering, load] = [0, 1, 2].map((place) =>
          median(all.map(({ processor }) => processor[place] ?? 0)).toFixed(2),
        );
        return [
          `${workers} workers`,
          {
            'requests/s': Math.round(median(all.map(({ perSecond }) => perSecond))),
            'of the raw rate': median(all.map(({ raw }) => raw)).toFixed(2),
            'of the first': median(
              all.map(({ perSecond }, round) => perSecond / (first[round]?.perSecond ?? 1)),
            ).toFixed(2),
            'p50 ms': median(all.map(({ p50 }) => p50)).toFixed(1),
            'p99 ms': median(all.map(({ p99 }) => p99)).toFixed(1),
            'processor ms: listening': listening,
            workers: answering,
            load,
          },
        ];
      }),
    ),
  );
} finally {
  rmSync(seeded, { recursive: true, force: true });
}
