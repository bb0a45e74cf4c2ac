// Finds the package's own files, whether it runs from src, from dist or from an installed tarball.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The nearest folder above a file that holds a package.json. */
const rootAbove = (file: string): URL => {
  const folder = new URL('./', file);
  return existsSync(new URL('package.json', folder)) ? folder : rootAbove(new URL('..', folder).href);
};
const root = rootAbove(import.meta.url);

/** The absolute path of a file of the package, given relative to its root. */
export const packagePath = (relative: string): string => fileURLToPath(new URL(relative, root));

export const packageVersion: string = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')).version;
