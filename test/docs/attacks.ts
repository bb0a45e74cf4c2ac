// Prints what the families of attacks declare: each attack's name, the problem it is refused for, and what the wire is told.
//
// In a process of its own: the families are declared here without being run.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ATTACKS = join(import.meta.dirname, '../attacks');

const nothing = (): void => undefined;
Object.assign(globalThis, { describe: nothing, after: nothing, before: nothing, it: nothing });

const { declared } = await import('../attacks/family.ts');
for (const name of readdirSync(ATTACKS).toSorted())
  if (name.endsWith('.test.ts') && name !== 'fuzz.test.ts')
    await import(pathToFileURL(join(ATTACKS, name)).href);
process.stdout.write(
  JSON.stringify(declared.map(({ name, problem, told }) => ({ name, problem, told }))),
  () => process.exit(0),
);
