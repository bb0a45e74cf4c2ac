// The benchmark of the mailbox providers' service, run by hand: npm run bench. Ratios within one run count, not absolutes.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Load, memory, processorTime, type Running, runLoad, startEmulator, stop } from './processes.ts';
import { prepare } from './requests.ts';
import { measureSecurity } from './security.ts';
import { oneSignature, rawSignatures } from './signature.ts';

const COUNT = Number(process.env.BENCH_REQUESTS ?? 6000);
const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
const say = (label: string, text: string): void => {
  process.stdout.write(`${label.padEnd(46)} ${text}\n`);
};

const load = async (
  data: string,
  { httpPort = 0 }: Running,
  connections: number,
  count: number,
): Promise<Load> =>
  runLoad(await prepare(data, httpPort, count), {
    port: httpPort,
    connections,
    requests: join(data, 'requests.json'),
    expected: '>OK<',
  });

const stageMedians = async (port: number): Promise<Record<string, number>> => {
  const { entries } = (await (
    await fetch(`http://127.0.0.1:${port}/_emulator/journal?limit=1000`)
  ).json()) as {
    entries: { stages: Record<string, number>; duration: number }[];
  };
  const names = Object.keys(entries[0]?.stages ?? {});
  return Object.fromEntries([
    ...names.map((name) => [name, median(entries.map(({ stages }) => stages[name] ?? 0))]),
    [
      'verified',
      median(
        entries.map(({ stages }) => (stages.parse ?? 0) + (stages.envelope ?? 0) + (stages.security ?? 0)),
      ),
    ],
    ['whole', median(entries.map(({ duration }) => duration))],
  ]);
};

const print = ({ perSecond, p50, p99 }: Load, raw: number): string =>
  `${perSecond.toFixed(0)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  (${(perSecond / raw).toFixed(2)} of the raw rate)`;

const data = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
try {
  const first = await startEmulator(data);
  await stop(first);
  const starts: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const again = await startEmulator(data);
    starts.push(again.startup);
    await stop(again);
  }
  const raw = await rawSignatures();
  say('raw asynchronous RSA-2048 signatures', `${raw.toFixed(0)}/s`);
  const running = await startEmulator(data);
  await load(data, running, 16, Math.ceil(COUNT / 4));
  const pid = running.child.pid ?? 0;
  const before = processorTime(pid);
  const sixteen = await load(data, running, 16, COUNT);
  const cost = (processorTime(pid) - before) / COUNT;
  const signature = oneSignature();
  const rawAgain = await rawSignatures();
  say('raw signatures again, after the load', `${rawAgain.toFixed(0)}/s`);
  say('signed requests, 16 connections', print(sixteen, (raw + rawAgain) / 2));
  say(
    '  processor time of one',
    `${cost.toFixed(3)} ms, ${(cost / signature).toFixed(2)} synchronous signatures of ${signature.toFixed(3)} ms`,
  );
  say(
    'signed requests, 1 connection',
    print(await load(data, running, 1, Math.ceil(COUNT / 3)), (raw + rawAgain) / 2),
  );
  const { verified = 0, whole = 0, ...stages } = await stageMedians(running.httpPort ?? 0);
  say('parse to verified, median, 1 connection', `${verified.toFixed(3)} ms`);
  for (const [name, time] of Object.entries(stages)) say(`  stage ${name}`, `${time.toFixed(3)} ms`);
  say('  whole way through the pipeline', `${whole.toFixed(3)} ms`);
  say('peak memory under load', `${memory(pid, 'VmHWM').toFixed(0)} MB`);
  await stop(running);
  await measureSecurity(say);
  say('first start (makes the test PKI)', `${first.startup.toFixed(0)} ms`);
  say('cold start, existing data directory, median', `${median(starts).toFixed(0)} ms`);
} finally {
  rmSync(data, { recursive: true, force: true });
}
