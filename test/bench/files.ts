// What files cost, run by hand: node --import tsx test/bench/files.ts. Each step is the built program on a data directory of its own;
// the processor time of its start and of opening the register is taken off.
//
// BENCH_PERSONS: how many persons (1000000).

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAM } from '../program.ts';

const PERSONS = Number(process.env.BENCH_PERSONS ?? 1_000_000);
const FOLDER = mkdtempSync(join(tmpdir(), 'kontakt-bench-'));
const MEASURING = join(FOLDER, 'measuring.cjs');
const MEASURED = join(FOLDER, 'measured.json');

/** At its end the program says what it took: seconds of the processor, and the most memory in MB. */
writeFileSync(
  MEASURING,
  `process.once('exit', () => {
     const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
     require('node:fs').writeFileSync(${JSON.stringify(MEASURED)}, JSON.stringify({
       processor: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }));
   });`,
);

interface Cost {
  readonly processor: number;
  readonly memory: number;
}

const run = (...args: readonly string[]): Cost => {
  const { status, stderr } = spawnSync(process.execPath, ['--require', MEASURING, PROGRAM, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(readFileSync(MEASURED, 'utf8'));
};

const directory = (name: string): string => {
  const path = join(FOLDER, name);
  mkdirSync(path, { mode: 0o700 });
  return path;
};

const say = (label: string, { processor, memory }: Cost, start: Cost, file?: string): void => {
  const seconds = Math.max(processor - start.processor, 0.001);
  const size = file === undefined ? 0 : statSync(file).size / 1e6;
  const speed = size > 0 ? `, ${(size / seconds).toFixed(0)} MB/s of ${size.toFixed(0)} MB` : '';
  process.stdout.write(
    `${label.padEnd(28)} ${Math.round(PERSONS / seconds)} persons a second of the processor${speed}, at most ${memory.toFixed(0)} MB\n`,
  );
};

try {
  const made = directory('made');
  run('person', 'list', '--json', '--data', made);
  const start = run('person', 'list', '--json', '--data', made);
  say(`generate ${PERSONS}`, run('seed', '--generate', String(PERSONS), '--data', made), start);
  const first = join(FOLDER, 'one.ndjson');
  writeFileSync(first, '');
  // Whoever opens a register looks through all of it: that is taken off an export too.
  const full = run('import', first, '--data', made);
  for (const format of ['xml', 'ndjson', 'csv']) {
    const file = join(FOLDER, `all.${format}`);
    say(`export ${format}`, run('export', file, '--data', made), full, file);
    say(`import ${format}`, run('import', file, '--data', directory(format)), start, file);
  }
} finally {
  rmSync(FOLDER, { recursive: true });
}
