// Declares the families of attacks without running them, for processes of their own that look at all of them.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const nothing = (): void => undefined;

/** Every attack of every family. To be asked for where mocha does not run. */
export const declareAll = async () => {
  Object.assign(globalThis, { describe: nothing, after: nothing, before: nothing, it: nothing });
  const { declared } = await import('./family.ts');
  for (const name of readdirSync(import.meta.dirname).toSorted())
    if (name.endsWith('.test.ts') && name !== 'fuzz.test.ts')
      await import(pathToFileURL(join(import.meta.dirname, name)).href);
  return declared;
};
