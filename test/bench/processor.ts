// What a request costs the server’s processor, by hand: node --import tsx test/bench/processor.ts. BENCH_BESIDE=<dist/main.js of
// another build> measures that one in the same run, in turns.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory, processorTime, runLoad, startEmulator, stop } from './processes.ts';
import { prepare } from './requests.ts';
import { oneSignature } from './signature.ts';

const SIGNED = Number(process.env.BENCH_REQUESTS ?? 6000);
const UNSIGNED = Number(process.env.BENCH_UNSIGNED ?? 35_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const beside = process.env.BENCH_BESIDE;
const builds: readonly (readonly [name: string, program: string | undefined])[] = [
  ['this build', undefined],
  ...(beside === undefined ? [] : [['the other build', beside] as const]),
];

const say = (label: string, text: string): void => {
  process.stdout.write(`${label.padEnd(46)} ${text}\n`);
};
const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

/** Milliseconds of processor time that a request costs, and the memory in MB that the server has afterwards. */
const measure = async (program: string | undefined, signed: boolean, count: number) => {
  const data = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
  try {
    const running = await startEmulator(data, signed ? [] : ['--profile', 'none'], program);
    const { httpPort = 0, child } = running;
    const pid = child.pid ?? 0;
    const order = {
      port: httpPort,
      connections: 16,
      requests: join(data, 'requests.json'),
      expected: '>OK<',
    };
    const requests = async (wanted: number) => prepare(signed ? data : undefined, httpPort, wanted);
    runLoad(await requests(2000), order);
    const prepared = await requests(count);
    const before = processorTime(pid);
    const { perSecond } = runLoad(prepared, order);
    const cost = (processorTime(pid) - before) / count;
    const after = { cost, perSecond, peak: memory(pid, 'VmHWM'), resident: memory(pid, 'VmRSS') };
    await stop(running);
    return after;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
};

for (const [kind, signed, count] of [
  ['signed', true, SIGNED],
  ['unsigned', false, UNSIGNED],
] as const) {
  if (count === 0) continue;
  const found = new Map(builds.map(([name]) => [name, [] as Awaited<ReturnType<typeof measure>>[]]));
  const signatures: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    signatures.push(oneSignature());
    for (const [name, program] of builds) found.get(name)?.push(await measure(program, signed, count));
  }
  const unit = median(signatures);
  say('one synchronous RSA-2048 signature', `${unit.toFixed(3)} ms of processor time`);
  for (const [name, rounds] of found) {
    const cost = median(rounds.map((one) => one.cost));
    say(
      `a ${kind} request, ${name}`,
      `${cost.toFixed(3)} ms, ${(cost / unit).toFixed(2)} signatures; ${median(rounds.map((one) => one.perSecond)).toFixed(0)}/s`,
    );
    say(
      `  memory after ${count}`,
      `peak ${median(rounds.map((one) => one.peak)).toFixed(0)} MB, resident ${median(rounds.map((one) => one.resident)).toFixed(0)} MB`,
    );
  }
}
