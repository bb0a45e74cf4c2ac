// Mutation (npm run mutate -- <folder or file>… [--sample <n>] [--seed <n>]): puts one mistake after another into the program and looks
// whether a test finds out. What survives is code that nothing holds to its word, or code that says the same either way.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDice } from '../dice.ts';
import { createFitting } from './fitting.ts';
import { mutantsOf, withMutant } from './mutants.ts';
import { openSandbox, type Sandbox, type Verdict } from './sandbox.ts';
import { type Judged, type Placed, place, tellScores, tellSurvivor } from './score.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The rules: what they are said to do is what this program is for. */
const USUAL = ['src/kontaktregister', 'src/dfdg', 'src/store', 'src/journal', 'src/security'];
/** A mutant may take so many times as long as the tests without it, and a moment more. */
const TIMES = 3;
const MOMENT = 10_000;
const LONGEST = 600_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const filesOf = (path: string): string[] => {
  if (!existsSync(join(ROOT, path))) throw new Error(`there is no ${path}`);
  if (statSync(join(ROOT, path)).isFile()) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${path.replace(/\/$/, '')}/${name.replaceAll('\\', '/')}`)
    .sort();
};

const mutantsIn = (files: readonly string[]): Placed[] =>
  files.flatMap((file) => {
    const source = readFileSync(join(ROOT, file), 'utf8');
    return mutantsOf(file, source).map((mutant) => place(file, source, mutant));
  });

/** So many of a list, by chance that can be repeated; in the list's order. */
const sample = <Item>(list: readonly Item[], count: number, seed: number): Item[] => {
  const dice = createDice(seed);
  const left = list.map((_, index) => index);
  const taken = Array.from({ length: Math.min(count, list.length) }, () =>
    left.splice(dice.below(left.length), 1),
  );
  return taken
    .flat()
    .sort((one, other) => one - other)
    .flatMap((index) => list.slice(index, index + 1));
};

/**
 * How long the tests of a file may take; asked once for each set of tests. Undefined: they fail without a mutant, so that they say
 * nothing of one.
 */
const createPatience = (sandbox: Sandbox) => {
  const known = new Map<string, number | undefined>();
  return async (file: string, tests: readonly string[]): Promise<number | undefined> => {
    const key = tests.join(' ');
    if (known.has(key)) return known.get(key);
    const start = performance.now();
    const verdict = await sandbox.judge(file, undefined, tests, LONGEST);
    if (verdict !== 'survived') say(`fail without a mutant, and are left out: ${key}`);
    const patience = verdict === 'survived' ? MOMENT + TIMES * (performance.now() - start) : undefined;
    known.set(key, patience);
    return patience;
  };
};

const judgeAll = async (chosen: readonly Placed[], sandbox: Sandbox, judged: Judged[]): Promise<void> => {
  const fitting = createFitting();
  const patienceFor = createPatience(sandbox);
  const judge = async (mutant: Placed): Promise<Verdict> => {
    const { file } = mutant;
    const text = withMutant(sandbox.read(file), mutant);
    for (const tests of fitting(file)) {
      const patience = await patienceFor(file, tests);
      if (patience === undefined) continue;
      const verdict = await sandbox.judge(file, text, tests, patience);
      if (verdict !== 'survived') return verdict;
    }
    return 'survived';
  };
  for (const mutant of chosen) {
    const verdict = await judge(mutant);
    judged.push({ ...mutant, verdict });
    if (verdict === 'survived') say(tellSurvivor(mutant));
    if (judged.length % 50 === 0) say(`${judged.length} of ${chosen.length}`);
  }
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const all = mutantsIn((positionals.length > 0 ? positionals : USUAL).flatMap(filesOf));
const chosen = values.sample === undefined ? all : sample(all, Number(values.sample), Number(values.seed));
say(`${chosen.length} of ${all.length} mutants`);

const sandbox = openSandbox();
const judged: Judged[] = [];
const end = (): void => {
  sandbox.close();
  if (judged.length > 0) for (const line of tellScores(judged)) say(line);
};
// What is known by then is worth telling, however long the rest would have taken.
process.once('SIGINT', () => {
  end();
  process.exit(130);
});
try {
  await judgeAll(chosen, sandbox, judged);
} finally {
  end();
}
