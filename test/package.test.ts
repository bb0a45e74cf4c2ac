// What whoever installs the package gets: types that need nothing which is not installed with it.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

interface Manifest {
  readonly main?: string;
  readonly types?: string;
  readonly exports?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
}
const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The packages that a declaration file and those it imports name. */
const packagesOf = (file: string, seen = new Set<string>(), found = new Set<string>()): Set<string> => {
  if (seen.has(file)) return found;
  seen.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
    if (name.startsWith('.')) packagesOf(join(dirname(file), name.replace(/\.[jt]s$/, '.d.ts')), seen, found);
    else found.add(name);
  }
  return found;
};

describe('the package', () => {
  it('has public types that name only its own dependencies, and such as bring their types along', () => {
    const packages = [...packagesOf(join(ROOT, 'dist/emulator.d.ts'))].filter(
      (name) => !name.startsWith('node:'),
    );
    assert.ok(packages.includes('libxml2-wasm'), packages.join());
    const { dependencies = {} } = manifestOf(ROOT);
    for (const name of packages) {
      assert.ok(Object.hasOwn(dependencies, name), name);
      const folder = join(ROOT, 'node_modules', name);
      const { types, exports, main = '' } = manifestOf(folder);
      // Without a word in the manifest, the compiler looks beside the main file.
      const declared = types ?? main.replace(/\.([cm]?)js$/, '.d.$1ts');
      const inExports = JSON.stringify(exports ?? '').includes('"types"');
      assert.ok(inExports || existsSync(join(folder, declared)), `${name} has no types`);
    }
  });
});
