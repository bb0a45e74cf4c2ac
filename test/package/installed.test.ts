// The tarball in an empty project, as somebody installs it: what npm says, what compilers say, and tests that run.

import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDirectory } from '../directories.ts';
import { type Outcome, run } from '../interop/tool.ts';
import { packed } from './tarball.ts';

const ROOT = join(import.meta.dirname, '../..');
const CONSUMER = join(import.meta.dirname, 'consumer');
const COMPILERS = {
  'TypeScript 5.4': 'node_modules/typescript-5.4/bin/tsc',
  'TypeScript 7': join(ROOT, 'node_modules/typescript/bin/tsc'),
};
const OTHERS = ['typescript-5.4@npm:typescript@5.4.5', 'vitest@4.1.12'];

const required = process.env.KONTAKT_INTEROP === 'required';

/** Whether npm has where to install from. */
const isReachable = async (): Promise<boolean> => {
  const { output } = await run('npm', ['config', 'get', 'registry']);
  const signal = AbortSignal.timeout(3000);
  return fetch(`${output.toString('utf8').trim()}libxml2-wasm`, { method: 'HEAD', signal }).then(
    ({ ok }) => ok,
    () => false,
  );
};

describe('the installed package [by npm: where its registry answers, or with KONTAKT_INTEROP=required]', () => {
  const project = newDirectory();
  const inProject = (command: string, ...args: string[]): Promise<Outcome> =>
    run(command, args, { directory: project });
  const succeed = async (command: string, ...args: string[]): Promise<string> => {
    const { ok, said } = await inProject(command, ...args);
    assert.ok(ok, said);
    return said;
  };
  // The native part of better-sqlite3 is taken from here: to fetch or build it is that package's own matter.
  const install = (...packages: string[]): Promise<string> =>
    succeed('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages);
  let said = '';

  before(async function () {
    this.timeout(300_000);
    if (!required && !(await isReachable())) this.skip();
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true }));
    said = await install((await packed()).file);
    const driver = 'node_modules/better-sqlite3/build';
    cpSync(join(ROOT, driver), join(project, driver), { recursive: true });
    cpSync(CONSUMER, project, { recursive: true });
    await install(...OTHERS);
  });

  it('comes without a warning', () => {
    assert.doesNotMatch(said, /warn|deprecated/i);
    assert.match(said, /added \d+ packages/);
  });

  const kinds: Readonly<Record<string, readonly [files: readonly string[], options: object]>> = {
    'ES modules and CommonJS': [['both-countries.mts', 'both-countries.cts'], { module: 'nodenext' }],
    'a bundler': [['both-countries.ts'], { module: 'esnext', moduleResolution: 'bundler' }],
    'CommonJS as of old': [['both-countries.ts'], { module: 'commonjs', moduleResolution: 'node10' }],
  };
  for (const [compiler, path] of Object.entries(COMPILERS))
    for (const [kind, [files, options]] of Object.entries(kinds)) {
      // TypeScript 7 has it no more.
      if (
        compiler === 'TypeScript 7' &&
        'moduleResolution' in options &&
        options.moduleResolution === 'node10'
      )
        continue;
      it(`has types for ${kind} under ${compiler}, strict, every library checked, without those of Node.js`, async () => {
        for (const file of files) cpSync(join(CONSUMER, 'both-countries.ts'), join(project, file));
        const compilerOptions = {
          ...{ strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true, types: [] },
          ...{ target: 'es2022', noEmit: true, ...options },
        };
        const name = `tsconfig.${compiler}.${kind}.json`.replaceAll(' ', '-');
        writeFileSync(join(project, name), JSON.stringify({ compilerOptions, files }));
        await succeed(process.execPath, path, '-p', name);
      }).timeout(60_000);
    }

  it('runs in node:test, both countries', async () => {
    assert.match(await succeed(process.execPath, '--test', 'node.test.mjs'), /# pass 2\n# fail 0|ℹ pass 2/);
  }).timeout(60_000);

  it('runs in vitest, both countries', async () => {
    assert.match(await succeed('npx', 'vitest', 'run', 'vitest.test.mjs'), /2 passed/);
  }).timeout(60_000);

  it('can be required, without a warning', async () => {
    assert.equal(await succeed(process.execPath, 'required.cjs'), 'accepted\n');
  }).timeout(60_000);

  it('is a program by both of its names', async () => {
    for (const name of ['kontakt', 'kontakt-emulator'])
      assert.match(await succeed('npx', '--no-install', name, '--version'), /^\d+\.\d+\.\d+\n$/);
  }).timeout(60_000);

  it('is a program for npx straight from the tarball', async () => {
    const { file } = await packed();
    const npx = ['npx', '--yes', '--ignore-scripts'];
    for (const args of [
      [...npx, `file:${file}`, '--version'],
      [...npx, '--package', file, '--', 'kontakt-emulator', '--version'],
    ]) {
      const [command = '', ...rest] = args;
      assert.match(await succeed(command, ...rest), /^\d+\.\d+\.\d+\n$/);
    }
  }).timeout(120_000);
});
