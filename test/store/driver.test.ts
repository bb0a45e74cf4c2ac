// better-sqlite3 without its native part, as install scripts that are switched off leave it: told in a line, with the cure.

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from '../directories.ts';
import { assertOneLine, type Ended, runCommand } from '../program.ts';

const ROOT = join(import.meta.dirname, '../..');
const CURE = /better-sqlite3 has no native part .*npm rebuild better-sqlite3.*python3, make and g\+\+/;

/** The package as installed, but for the driver, which is a copy without what is built. */
const installed = (addon?: string): string => {
  const root = newDirectory();
  for (const name of ['dist', 'src', 'wsdl', 'xsd', 'fixtures', 'package.json'])
    symlinkSync(join(ROOT, name), join(root, name));
  // The program is found where it really lies, so it is copied.
  cpSync(join(ROOT, 'dist'), join(root, 'program'), { recursive: true });
  const modules = join(root, 'node_modules');
  mkdirSync(modules);
  const [driver, ...rest] = ['better-sqlite3', ...readdirSync(join(ROOT, 'node_modules'))];
  for (const name of rest)
    if (name !== driver && !name.startsWith('.'))
      symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  cpSync(join(ROOT, 'node_modules', driver), join(modules, driver), {
    recursive: true,
    dereference: true,
    filter: (path) => !/better-sqlite3\/(?:build|deps|src)(?:\/|$)/.test(path),
  });
  if (addon !== undefined) {
    mkdirSync(join(modules, driver, 'build/Release'), { recursive: true });
    writeFileSync(join(modules, driver, 'build/Release/better_sqlite3.node'), addon);
  }
  return root;
};

const run = (root: string, ...args: string[]): Promise<Ended> =>
  runCommand(process.execPath, [join(root, 'program/main.js'), ...args], { cwd: root });

describe('better-sqlite3 without its native part', () => {
  it('is told in one line with the command that builds it, whatever was asked, and nothing is made', async () => {
    const root = installed();
    for (const args of [
      ['serve', '--port', '0', '--tls-port', '0'],
      ['serve', '--port', '0', '--tls-port', '0', '--in-memory'],
      ['person', 'list', '--data', 'data'],
    ]) {
      const ended = await run(root, ...args);
      assert.equal(ended.code, 1);
      assertOneLine(ended, CURE);
    }
    assert.ok(!existsSync(join(root, 'data')) && !existsSync(join(root, '.kontakt')));
  }).timeout(60_000);

  it('is told where another Node.js, or another machine, built it', async () => {
    const ended = await run(installed('no library at all'), 'person', 'list', '--data', 'data');
    assert.equal(ended.code, 1);
    assertOneLine(ended, CURE);
  }).timeout(60_000);

  it('is told by the library too, as an error whose message is that line', async () => {
    const root = installed();
    const script = `import { createEmulator } from './program/index.js';
      await createEmulator({ port: 0, tlsPort: 0, inMemory: true, log: 'silent' })
        .catch((error) => console.log(error.message));`;
    const args = ['--input-type=module', '-e', script];
    const { stdout } = await runCommand(process.execPath, args, { cwd: root });
    assert.match(stdout, /^[^\n]+\n$/);
    assert.match(stdout, CURE);
  }).timeout(60_000);
});
