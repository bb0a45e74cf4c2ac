// The benchmark of the journal, run by hand: node --import tsx test/bench/journal.ts, after npm run build. Ratios count.
//
// Many small exchanges, which must leave the file and the memory as large as they were; signed requests per second and their
// processor time with the journal kept ÷ in memory only, by turns in one run; then a real server’s memory and file.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Archive, batchOf, isLost } from '../../src/journal/archive.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import { createJournal } from '../../src/journal/journal.ts';
import { openArchive } from '../../src/store/archive.ts';
import { type Load, memory, type Running, runLoad, startEmulator, stop, threadTimes } from './processes.ts';
import { prepare } from './requests.ts';

const COUNT = Number(process.env.BENCH_REQUESTS ?? 4000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 16);
/** Requests of a round, to each server; and before the first, so that all is compiled. */
const PART = COUNT / 10;
const WARM = COUNT;
const SYNTHETIC = Number(process.env.BENCH_EXCHANGES ?? 200_000);
const MIB = 1024 * 1024;

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length * share)] ?? 0;
const median = (values: readonly number[]): number => quantile(values, 0.5);
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

/** A server that is measured beside another. */
interface Side {
  readonly running: Running;
  readonly data: string;
  readonly requests: readonly string[];
  readonly rates: number[];
  /** Milliseconds for a request: of the main thread, and of all threads. */
  readonly main: number[];
  readonly all: number[];
  next: number;
}

const startSide = async (data: string, where: 'file' | 'memory'): Promise<Side> => {
  const running = await startEmulator(data, ['--journal', where]);
  const requests = await prepare(data, running.httpPort ?? 0, WARM + ROUNDS * PART);
  return { running, data, requests, rates: [], main: [], all: [], next: 0 };
};

const send = (side: Side, count: number): Load => {
  const part = side.requests.slice(side.next, side.next + count);
  side.next += count;
  const port = side.running.httpPort ?? 0;
  return runLoad(part, {
    port,
    connections: 16,
    requests: join(side.data, 'requests.json'),
    expected: '>OK<',
  });
};

const measure = async (side: Side): Promise<void> => {
  const pid = side.running.child.pid ?? 0;
  const before = threadTimes(pid);
  const { perSecond } = send(side, PART);
  // The last are written.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const spent = [...threadTimes(pid)].map(
    ([thread, time]) => [thread, (time - (before.get(thread) ?? 0)) / PART] as const,
  );
  side.rates.push(perSecond);
  side.main.push(spent.find(([thread]) => thread === pid)?.[1] ?? 0);
  side.all.push(spent.reduce((sum, [, time]) => sum + time, 0));
};

/** Two servers side by side, by turns in short parts, so that what else the machine does meets both. */
const compare = async (data: string): Promise<void> => {
  const [kept, unkept] = [
    await startSide(mkdtempSync(join(data, 'kept-')), 'file'),
    await startSide(mkdtempSync(join(data, 'unkept-')), 'memory'),
  ];
  for (const side of [kept, unkept]) send(side, WARM);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const side of round % 2 === 0 ? [kept, unkept] : [unkept, kept]) await measure(side);
  const { dropped } = await infoOf(kept.running);
  for (const { running } of [kept, unkept]) await stop(running);

  say('signed requests, kept', `${median(kept.rates).toFixed(0)}/s, ${dropped} dropped`);
  say('signed requests, in memory', `${median(unkept.rates).toFixed(0)}/s`);
  const tell = (label: string, ratios: readonly number[], text = ''): void =>
    say(
      label,
      `${median(ratios).toFixed(3)} (half of ${ratios.length} between ${quantile(ratios, 0.25).toFixed(3)} and ${quantile(ratios, 0.75).toFixed(3)})${text}`,
    );
  const over = (above: readonly number[], below: readonly number[]): number[] =>
    above.map((value, round) => value / (below[round] ?? value));
  tell('requests per second, kept ÷ in memory', over(kept.rates, unkept.rates));
  // All threads together: what a machine that does nothing else loses at most.
  tell(
    'processor time, in memory ÷ kept',
    over(unkept.all, kept.all),
    `, ${median(unkept.all).toFixed(3)} and ${median(kept.all).toFixed(3)} ms`,
  );
  tell(
    'the same of the main thread',
    over(unkept.main, kept.main),
    `, ${median(unkept.main).toFixed(3)} and ${median(kept.main).toFixed(3)} ms`,
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
