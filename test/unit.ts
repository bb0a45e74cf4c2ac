// The fast tests (npm run test:unit): those that reach nothing that starts a process, listens or was built. Nobody keeps a list of them.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { reachOf, sourceOf } from './imports.ts';

const TEST = import.meta.dirname;
const ROOT = join(TEST, '..');
/** What listens in the program. */
const LISTENER = join(ROOT, 'src/http/listen.ts');
/** Other stacks, measurements, and whole test authorities with their keys. */
const SLOW = /^(?:bench|interop|pki)[\\/]/;
const STARTING = /^node:(?:child_process|cluster|http|http2|https|tls)$/;
const BUILT = /['/]dist\b/;

/** Why a file, or what it imports, is not fast; undefined where it is. */
const reasonOf = (file: string, seen = new Set<string>()): string | undefined => {
  if (seen.has(file)) return undefined;
  seen.add(file);
  if (file === LISTENER) return 'listens';
  const { text, imports } = sourceOf(file);
  if (file.startsWith(TEST + sep)) {
    if (SLOW.test(relative(TEST, file))) return 'stands in a folder of slow tests';
    if (BUILT.test(text)) return 'needs what is built';
    const starting = imports.find((name) => STARTING.test(name));
    if (starting !== undefined) return `imports ${starting}`;
  }
  for (const name of imports) {
    const reason = name.startsWith(ROOT) && name.endsWith('.ts') ? reasonOf(name, seen) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
};

/** Whether a test file runs what is built, itself or by what it imports. */
export const needsBuild = (file: string): boolean =>
  [...reachOf(join(ROOT, file)).keys()].some(
    (path) => path.startsWith(TEST + sep) && BUILT.test(sourceOf(path).text),
  );

/** Every test file, relative to the root, with why it is not fast; undefined for the fast ones. */
export const testFiles = (): Map<string, string | undefined> =>
  new Map(
    readdirSync(TEST, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .sort()
      .map((name) => [`test/${name.replaceAll('\\', '/')}`, reasonOf(join(TEST, name))]),
  );

if (process.argv[1] === import.meta.filename) {
  const fast = [...testFiles()].flatMap(([file, reason]) => (reason === undefined ? [file] : []));
  const mocha = join(ROOT, 'node_modules/mocha/bin/mocha.js');
  const args = [mocha, '--require', './test/unit-guard.ts', ...process.argv.slice(2), ...fast];
  process.exitCode = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}
