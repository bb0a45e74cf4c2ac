// What a run of mutants tells: how many were found out, by folder, and where the others stand.

import { dirname } from 'node:path';
import type { Mutant } from './mutants.ts';
import type { Verdict } from './sandbox.ts';

/** A mutant in its place; the file is relative to the root. */
export interface Placed extends Mutant {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The text of that line. */
  readonly shown: string;
}

export interface Judged extends Placed {
  readonly verdict: Verdict;
}

export const place = (file: string, source: string, mutant: Mutant): Placed => {
  const line = source.slice(0, mutant.start).split('\n').length;
  return { ...mutant, file, line, shown: (source.split('\n')[line - 1] ?? '').trim() };
};

/** A mutant that no test has found out, in one line. */
export const tellSurvivor = ({ file, line, what, shown }: Placed): string =>
  `survived  ${file}:${line}  ${what}  |  ${shown}`;

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`.padStart(8);

/** One line for each folder, and one for all. */
export const tellScores = (judged: readonly Judged[]): string[] => {
  const folders = [...new Set(judged.map(({ file }) => dirname(file)))].sort();
  return [...folders, undefined].map((folder) => {
    const those = judged.filter(({ file }) => folder === undefined || dirname(file) === folder);
    const found = those.filter(({ verdict }) => verdict !== 'survived');
    const late = those.filter(({ verdict }) => verdict === 'late').length;
    const counted = `${found.length} of ${those.length}${late === 0 ? '' : `, ${late} of them by time`}`;
    return `${percent(found.length, those.length)}  ${folder ?? 'all'}  (${counted})`;
  });
};
