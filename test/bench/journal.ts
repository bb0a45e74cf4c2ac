// The benchmark of the journal, run by hand: node --import tsx test/bench/journal.ts, after npm run build. Ratios count.
//
// Signed requests per second with the journal kept ÷ in memory only, by turns in one run; then many small exchanges, which must
// leave the file and the memory as large as they were.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Archive, batchOf, isLost } from '../../src/journal/archive.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import { createJournal } from '../../src/journal/journal.ts';
import { openArchive } from '../../src/store/archive.ts';
import { type Load, memory, processorTime, type Running, runLoad, startEmulator, stop } from './processes.ts';
import { prepare } from './requests.ts';

const COUNT = Number(process.env.BENCH_REQUESTS ?? 4000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SYNTHETIC = Number(process.env.BENCH_EXCHANGES ?? 200_000);
const MIB = 1024 * 1024;

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
const say = (label: string, text: string): void => {
  process.stdout.write(`${label.padEnd(46)} ${text}\n`);
};

const load = async (data: string, { httpPort = 0 }: Running, count: number): Promise<Load> =>
  runLoad(await prepare(data, httpPort, count), {
    port: httpPort,
    connections: 16,
    requests: join(data, 'requests.json'),
    expected: '>OK<',
  });

interface Info {
  readonly journal: { readonly entries: number; readonly bytes: number; readonly dropped: number };
}
const infoOf = async ({ httpPort }: Running): Promise<Info['journal']> =>
  ((await (await fetch(`http://127.0.0.1:${httpPort}/_emulator/info`)).json()) as Info).journal;

/** One after the other, so that what else the machine does meets both. */
const compare = async (data: string): Promise<void> => {
  const rates = { file: [] as number[], memory: [] as number[] };
  const costs = { file: [] as number[], memory: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const where of round % 2 === 0 ? (['file', 'memory'] as const) : (['memory', 'file'] as const)) {
      const running = await startEmulator(data, ['--journal', where]);
      await load(data, running, COUNT / 4);
      const before = processorTime(running.child.pid ?? 0);
      const { perSecond } = await load(data, running, COUNT);
      const cost = (processorTime(running.child.pid ?? 0) - before) / COUNT;
      if (round > 0) {
        rates[where].push(perSecond);
        costs[where].push(cost);
      }
      if (where === 'file' && round === ROUNDS)
        say('dropped in the last round', String((await infoOf(running)).dropped));
      await stop(running);
    }
  for (const [where, all] of Object.entries(rates))
    say(`signed requests, journal in ${where}`, all.map((rate) => `${rate.toFixed(0)}/s`).join('  '));
  const ratios = rates.file.map((rate, round) => rate / (rates.memory[round] ?? rate));
  say(
    'kept ÷ in memory',
    `${median(ratios).toFixed(3)} (median of ${ratios.map((ratio) => ratio.toFixed(3)).join(', ')})`,
  );
  // All threads together: what a machine that does nothing else loses at most.
  const [kept, unkept] = [median(costs.file), median(costs.memory)];
  say(
    'processor time of one, in memory ÷ kept',
    `${(unkept / kept).toFixed(3)} (${unkept.toFixed(3)} ms, ${kept.toFixed(3)} ms)`,
  );
};

/** A real server, its bounds reached early: memory and file at each quarter. */
const steady = async (data: string): Promise<void> => {
  const running = await startEmulator(data, ['--journal-entries', String(COUNT)]);
  const pid = running.child.pid ?? 0;
  for (let quarter = 0; quarter < 4; quarter += 1) {
    await load(data, running, COUNT);
    const { entries, bytes, dropped } = await infoOf(running);
    say(
      `  after ${(quarter + 1) * COUNT} signed requests`,
      `${memory(pid, 'VmRSS').toFixed(0)} MB, ${entries} kept in ${(bytes / MIB).toFixed(1)} MiB, ${dropped} dropped`,
    );
  }
  await stop(running);
};

const small = (count: number): readonly JournalEntry[] => {
  let number = 0;
  const made: JournalEntry[] = [];
  const journal = createJournal({
    now: () => 0,
    number: () => {
      number += 1;
      return number;
    },
    onFailure: (error) => {
      throw error;
    },
    most: { entries: 1, bytes: 1 },
  });
  journal.subscribe((entry) => made.push(entry));
  const request = { headers: { 'content-type': 'text/xml' }, body: Buffer.alloc(700, 'x') };
  for (let one = 0; one < count; one += 1)
    journal.begin({ method: 'POST', path: '/a', remote: '::1', request }).finished(200, request);
  return made;
};

const append = async (archive: Archive, entries: readonly JournalEntry[], count: number): Promise<void> => {
  for (let sent = 0; sent < count; sent += entries.length) {
    const lost = await archive.append(batchOf(entries, Date.now()));
    if (isLost(lost)) throw new Error(lost.lost);
  }
};

/** Small exchanges straight into the file, by batches; the bound is an eighth of them. */
const many = async (directory: string): Promise<void> => {
  const bounds = { entries: SYNTHETIC / 8, bytes: 1024 * MIB, age: 1e12 };
  const archive = openArchive({ directory, bounds, real: Date.now, onTold: (told) => say('told', told) });
  const entries = small(64);
  const begun = performance.now();
  for (let part = 1; part <= 8; part += 1) {
    await append(archive, entries, SYNTHETIC / 8);
    const size = await archive.size();
    const file = isLost(size) ? 0 : size.bytes;
    const wal = statSync(join(directory, 'journal.db-wal')).size;
    say(
      `  after ${(part * SYNTHETIC) / 8} exchanges`,
      `file ${(file / MIB).toFixed(1)} MiB, log ${(wal / MIB).toFixed(1)} MiB, process ${memory(process.pid, 'VmRSS').toFixed(0)} MB`,
    );
  }
  say('exchanges into the file', `${((SYNTHETIC / (performance.now() - begun)) * 1000).toFixed(0)}/s`);
  await archive.close();
};

const data = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
try {
  await many(mkdtempSync(join(data, 'many-')));
  await stop(await startEmulator(data));
  await compare(data);
  await steady(data);
} finally {
  rmSync(data, { recursive: true, force: true });
}
