// What files import, read from their text: which tests a change of a file concerns, and which of them start something.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const IMPORT =
  /^(?:import|export)\s(?!type\b)(?:[^;']*?\sfrom\s)?\s*'([^']+)'|(?<!typeof )\bimport\('([^']+)'\)/gm;

interface Source {
  readonly text: string;
  /** Own files by their path, others by their name; none that is gone when it runs. */
  readonly imports: readonly string[];
}

const read = new Map<string, Source>();

/** Reads a TypeScript file, once. */
export const sourceOf = (file: string): Source => {
  const known = read.get(file);
  if (known) return known;
  const text = readFileSync(file, 'utf8');
  const names = [...text.matchAll(IMPORT)].map(([, fixed, late = '']) => fixed ?? late);
  const imports = names.map((name) => (name.startsWith('.') ? resolve(file, '..', name) : name));
  read.set(file, { text, imports });
  return { text, imports };
};

/** The files that a file imports, and those that these import, itself too; each with how many imports lie between. */
export const reachOf = (file: string): Map<string, number> => {
  const reached = new Map([[file, 0]]);
  // A Map is walked in the order of insertion, what is added on the way too: nearest first.
  for (const [one, distance] of reached)
    for (const name of sourceOf(one).imports)
      if (/[\\/].*\.ts$/.test(name) && !reached.has(name)) reached.set(name, distance + 1);
  return reached;
};
