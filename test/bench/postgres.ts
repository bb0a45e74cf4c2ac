// One emulator over PostgreSQL beside one over SQLite. All run all the time and are loaded in turn, by hand: npx tsx test/bench/postgres.ts. Ratios within one run count.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCluster } from '../store/postgres/cluster.ts';
import { kinds } from './danish-requests.ts';
import {
  type LoadOrder,
  memory,
  processorTime,
  type Running,
  runLoad,
  startEmulator,
  stop,
} from './processes.ts';
import { prepare } from './requests.ts';

const COUNT = Number(process.env.BENCH_REQUESTS ?? 3000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

const folder = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
const pki = join(folder, 'SQLite/pki');
const server = makeCluster('fsync = on\nfull_page_writes = on\nshared_buffers = 128MB\n');

const ENGINES = ['SQLite', 'PostgreSQL'];
const UNSIGNED = ', unsigned';

const emulators = new Map<string, Running>();
const open = async (name: string, options: readonly string[]): Promise<void> => {
  const store = name.startsWith('SQLite') ? [] : ['--store', server.database()];
  const place = name === 'SQLite' ? [] : ['--pki', pki];
  emulators.set(name, await startEmulator(join(folder, name), [...place, ...store, ...options]));
};

const emulator = (name: string): Running => {
  const running = emulators.get(name);
  if (!running) throw new Error(`no emulator ${name}`);
  return running;
};

type Prepare = (
  running: Running,
  count: number,
) => Promise<readonly [string[], Omit<LoadOrder, 'connections'>]>;

const requests = join(folder, 'requests.json');
const norwegian =
  (data: string | undefined): Prepare =>
  async ({ httpPort = 0 }, count) => [
    await prepare(data, httpPort, count),
    { port: httpPort, requests, expected: '>OK<' },
  ];
const danish: Prepare = async ({ httpsPort = 0 }, count) => {
  const [client, expected, request] = kinds['SOAP SavePersonContactData'] ?? ['', '', () => ''];
  const identity = { pki, client };
  return [
    Array.from({ length: count }, (_, at) => request(at)),
    { port: httpsPort, requests, expected, identity },
  ];
};

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  /** Of the emulator alone, milliseconds of one request. */
  readonly processor: number;
}

const measure = async (name: string, how: Prepare, connections: number, count: number): Promise<Measured> => {
  const running = emulator(name);
  const [prepared, order] = await how(running, count);
  const pid = running.child.pid ?? 0;
  const before = processorTime(pid);
  const { perSecond, p50 } = runLoad(prepared, { ...order, connections });
  return { perSecond, p50, processor: (processorTime(pid) - before) / count };
};

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** Loads one after the other, in each round in the other direction. */
const compare = async (
  title: string,
  names: readonly [one: string, other: string],
  how: Prepare,
  connections: number,
): Promise<void> => {
  const rows = new Map<string, Measured[]>(names.map((name) => [name, []]));
  for (const name of names) await measure(name, how, connections, Math.ceil(COUNT / 3));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name of round % 2 === 0 ? names : [...names].reverse())
      rows.get(name)?.push(await measure(name, how, connections, COUNT));
  const [one, other] = names;
  const ratios = (of: keyof Measured): string => {
    const below = rows.get(other) ?? [];
    const all = (rows.get(one) ?? []).map((row, round) => row[of] / (below[round]?.[of] ?? 1));
    return `${median(all).toFixed(2)} (${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)})`;
  };
  process.stdout.write(`\n${title}, ${ROUNDS} rounds of ${COUNT}\n`);
  process.stdout.write(
    `  ${one} ÷ ${other}: requests/s ${ratios('perSecond')}, processor ${ratios('processor')}\n`,
  );
  const shown = [...rows].map(([name, all]) => [
    name,
    {
      'requests/s': Math.round(median(all.map(({ perSecond }) => perSecond))),
      'p50 ms': median(all.map(({ p50 }) => p50)).toFixed(2),
      'processor ms': median(all.map(({ processor }) => processor)).toFixed(2),
      'peak MB': Math.round(memory(emulator(name).child.pid ?? 0, 'VmHWM')),
    },
  ]);
  console.table(Object.fromEntries(shown));
};

try {
  for (const engine of ENGINES) {
    await open(engine, []);
    await open(engine + UNSIGNED, ['--profile', 'none']);
  }
  const over = (what = ''): readonly [string, string] => [`PostgreSQL${what}`, `SQLite${what}`];
  const signed = norwegian(join(folder, 'SQLite'));
  await compare('16 connections, signed', over(), signed, 16);
  await compare('16 connections, unsigned', over(UNSIGNED), norwegian(undefined), 16);
  await compare('16 connections, Danish saves', over(), danish, 16);
  await compare('1 connection, signed', over(), signed, 1);
} finally {
  for (const running of emulators.values()) await stop(running);
  rmSync(folder, { recursive: true, force: true });
}
