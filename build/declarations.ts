// The public declarations: of all that the compiler wrote, the file of the package's face and those that it reaches.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DECLARATIONS, DIST } from './places.ts';

const IMPORT = /(?<=(?:from |import\()')(\.[^']+)\.ts(?=')/g;

/** Publishes a declaration file and those that it names, with the names that the published files have. */
export const publishDeclarations = (path: string, seen = new Set<string>()): void => {
  if (seen.has(path)) return;
  seen.add(path);
  const text = readFileSync(join(DECLARATIONS, path), 'utf8');
  const target = join(DIST, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text.replace(IMPORT, '$1.js'));
  for (const [, name = ''] of text.matchAll(IMPORT))
    publishDeclarations(join(dirname(path), `${name}.d.ts`), seen);
};
