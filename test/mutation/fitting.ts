// The tests that a mutant of a file has to survive: those that reach the file, nearest first.

import { join } from 'node:path';
import { reachOf } from '../imports.ts';
import { needsBuild, testFiles } from '../unit.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Folders of tests that hold a folder of the program to its word under another name. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  dfdg: ['rest'],
  journal: ['control'],
  security: ['attacks'],
};
/** They take minutes. */
const LONG = ['test/attacks/fuzz.test.ts'];

/** How many imports lie between each test that runs in one process and the files it reaches, by the test. */
const reaches = (): Map<string, { readonly fast: boolean; readonly reach: Map<string, number> }> =>
  new Map(
    [...testFiles()]
      .filter(([test]) => !LONG.includes(test) && !needsBuild(test))
      .map(([test, reason]) => [test, { fast: reason === undefined, reach: reachOf(join(ROOT, test)) }]),
  );

/**
 * Finds the fitting tests of files, in rounds that end with the first that fails: the fast ones of its own folder, the other fast ones
 * that reach it, and those of its own folder that start something.
 *
 * @returns from a file of src to its tests, nearest first; all paths relative to the root
 */
export const createFitting = (): ((file: string) => string[][]) => {
  const all = reaches();
  return (file) => {
    const [, folder = ''] = file.split('/');
    const own = [folder, ...(ALSO[folder] ?? [])].map((name) => `test/${name}/`);
    const fitting = [...all]
      .map(([test, { fast, reach }]) => ({
        test,
        distance: reach.get(join(ROOT, file)),
        fast,
        near: own.some((name) => test.startsWith(name)),
      }))
      .filter(({ distance }) => distance !== undefined)
      .sort((one, other) => (one.distance ?? 0) - (other.distance ?? 0));
    const rounds = [
      fitting.filter(({ fast, near }) => fast && near),
      fitting.filter(({ fast, near }) => fast && !near),
      fitting.filter(({ fast, near }) => !fast && near),
    ];
    return rounds.map((round) => round.map(({ test }) => test)).filter((round) => round.length > 0);
  };
};
