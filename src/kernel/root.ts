// Finds the package's own files, whether it runs from src, from dist or from an installed tarball.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

/** The absolute path of a file of the package, given relative to its root. */
export const packagePath = (relative: string): string => fileURLToPath(new URL(relative, root));

export const packageVersion: string = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')).version;
