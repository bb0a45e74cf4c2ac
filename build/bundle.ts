// From the source to what is published: dist/, which needs nothing but the packages that package.json names as dependencies.
// The others are bundled, so that whoever installs the package gets neither their trees nor their warnings.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { bundleConsole } from './console.ts';
import { publishDeclarations } from './declarations.ts';
import { licencesOf } from './licences.ts';
import { DIST, manifestOf, ROOT } from './places.ts';

/**
 * Required only by what nobody calls here: of fastify schemas of routes, and requests without a network; of pg its other driver.
 */
const NEVER_REQUIRED = [
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  'light-my-request',
  'pg-native',
];

/** What runs on a thread of its own starts from a file of its own. */
const threads = (): string[] =>
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('-worker.ts'))
    .map((name) => `src/${name}`);

const REQUIRED_LATE = 'createRequire(import.meta.url)(';

/** What a file requires only when it needs it is bundled as what others import, and still not run before. */
const lateRequires: Plugin = {
  name: 'late requires',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes(REQUIRED_LATE)) return undefined;
      return { contents: source.replaceAll(REQUIRED_LATE, 'require('), loader: 'ts' };
    });
  },
};

const bundle = async (): Promise<readonly string[]> => {
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/main.ts', 'src/index.ts', ...threads()],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: [...Object.keys(manifestOf(ROOT).dependencies ?? {}), ...NEVER_REQUIRED],
    // What is written in CommonJS requires the modules of Node.js.
    banner: {
      js: "import { createRequire as _createRequire } from 'node:module'; const require = _createRequire(import.meta.url);",
    },
    outdir: DIST,
    entryNames: '[name]',
    chunkNames: 'part-[hash]',
    // Without a line in the file that names it: who reads a map here looks beside the file.
    sourcemap: 'external',
    sourcesContent: false,
    plugins: [lateRequires],
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  // A map is for telling where a defect is: in the program, not in a library.
  const isOwn = (path: string): boolean =>
    Object.keys(metafile.outputs[path]?.inputs ?? {}).some((input) => input.startsWith('src/'));
  for (const { path, contents } of outputFiles) {
    const name = relative(ROOT, path).replaceAll('\\', '/');
    if (!name.endsWith('.map') || isOwn(name.slice(0, -'.map'.length))) writeFileSync(path, contents);
  }
  return Object.keys(metafile.inputs);
};

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
writeFileSync(join(DIST, 'LICENSES.txt'), licencesOf([...(await bundle()), ...(await bundleConsole())]));
publishDeclarations('index.d.ts');
cpSync(join(ROOT, 'build/commonjs'), DIST, { recursive: true });
