// What whoever installs the package gets: the files that are needed, and no others.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { packed } from './tarball.ts';

const ROOT = join(import.meta.dirname, '../..');

const below = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(ROOT.length + 1)
        .replaceAll('\\', '/'),
    );

const code = (): string =>
  readdirSync(join(ROOT, 'dist'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(ROOT, 'dist', name), 'utf8'))
    .join('\n');

/** Bundled code, under names that change with every build. */
const PART = /^dist\/part-[0-9A-Z]{8}\.js(?:\.map)?$/;

describe('the tarball', () => {
  it('holds the program, its types, licences, pages, contracts, seeds and migrations, and nothing else', async () => {
    const { files } = await packed();
    const fixed = files.map(({ path }) => path).filter((path) => !PART.test(path));
    const threads = ['journal-worker', 'lists-worker', 'message-worker', 'xml-crypto-worker'];
    const code = ['index', 'main', ...threads].flatMap((name) => [`dist/${name}.js`, `dist/${name}.js.map`]);
    const types = ['calling', 'content', 'emulator', 'exchanges', 'options', 'organisations', 'security'].map(
      (name) => `dist/library/${name}.d.ts`,
    );
    assert.deepEqual(
      fixed.sort(),
      [
        ...['package.json', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'LICENSE'],
        ...below('docs').filter((path) => !path.startsWith('docs/console/')),
        ...below('dist/console'),
        ...[...code, ...types, 'dist/index.cjs', 'dist/index.d.cts', 'dist/index.d.ts', 'dist/LICENSES.txt'],
        ...[...below('wsdl'), ...below('xsd'), ...below('src/store/migrations')],
        ...['fixtures/persons/norway.json', 'fixtures/persons/denmark.json'],
      ].sort(),
    );
  }).timeout(60_000);

  it('has xml-crypto where explanations ask it only, and pg where --store does: nothing else loads them', () => {
    const parts = readdirSync(join(ROOT, 'dist')).filter((name) => name.endsWith('.js'));
    const text = new Map(parts.map((name) => [name, readFileSync(join(ROOT, 'dist', name), 'utf8')]));
    const holds = (name: string, path: string): boolean =>
      new RegExp(`^// (?:.*/)?${path}`, 'm').test(text.get(name) ?? '');
    const reached = new Set<string>();
    const reach = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      for (const [, next = ''] of text.get(name)?.matchAll(/^(?:import|\} from)[^"]*"\.\/([^"]+)";$/gm) ?? [])
        reach(next);
    };
    for (const name of parts) if (holds(name, 'src/emulator/start.ts')) reach(name);
    assert.ok([...reached].some((name) => holds(name, 'src/explain/explain.ts')));
    for (const late of ['node_modules/xml-crypto/', 'node_modules/pg/']) {
      assert.ok(parts.some((name) => holds(name, late)));
      assert.deepEqual(
        [...reached].filter((name) => holds(name, late)),
        [],
      );
    }
  });

  it('names every package whose code it holds, with its licence', () => {
    const licences = readFileSync(join(ROOT, 'dist/LICENSES.txt'), 'utf8')
      .split(/\n-{80}\n/)
      .slice(1);
    const held = new Set(
      [...code().matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(([, name]) => name),
    );
    assert.ok(held.has('fastify') && held.has('zod'));
    for (const name of held) {
      const licence = licences.find((one) => one.trimStart().startsWith(`${name} `));
      assert.match(licence ?? '', /\((?:MIT|ISC|BSD|0BSD|Apache|BlueOak|CC0)[^)]*\)|BSD-3-Clause/, name);
    }
  });

  it('needs of other packages only its dependencies; what it could require besides, it never does', () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const neverRequired = [
      '@fastify/ajv-compiler',
      '@fastify/fast-json-stringify-compiler',
      'light-my-request',
      'pg-native',
    ];
    const names = [...code().matchAll(/(?:(?:require|import)\(|\bfrom )"([^"./][^"]*)"/g)].map(
      ([, name = '']) => name,
    );
    const foreign = new Set(names.filter((name) => !isBuiltin(name)));
    assert.deepEqual([...foreign].sort(), [...Object.keys(dependencies), ...neverRequired].sort());
  });

  it('holds nothing that fetches over the network by itself', () => {
    const licences = readFileSync(join(ROOT, 'dist/LICENSES.txt'), 'utf8');
    assert.doesNotMatch(licences, /^(?:soap|axios|follow-redirects|form-data|formidable) /m);
  });
});
