// The page of the console: one script, one style sheet and one picture, named by their content, and the page that names them.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { DIST, ROOT } from './places.ts';

const PAGE = 'src/console/page';
const TARGET = join(DIST, 'console');

const hashed = (content: string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase();

const pageOf = (script: string, style: string, icon: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>kontakt-emulator</title>
<link rel="icon" href="/_console/${icon}">
<link rel="stylesheet" href="/_console/${style}">
<script type="module" src="/_console/${script}"></script>
</head>
<body>
<div id="console"></div>
<noscript>The console needs JavaScript. GET /_emulator lists the same as text.</noscript>
</body>
</html>
`;

/** @returns the files that the bundle is made of */
export const bundleConsole = async (): Promise<readonly string[]> => {
  mkdirSync(TARGET, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`${PAGE}/main.tsx`],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    outdir: TARGET,
    entryNames: 'console-[hash]',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const made = Object.keys(metafile.outputs).map((path) => basename(path));
  const named = (kind: string): string => made.find((name) => name.endsWith(kind)) ?? '';
  const picture = readFileSync(join(ROOT, PAGE, 'icon.svg'), 'utf8');
  const icon = `icon-${hashed(picture)}.svg`;
  writeFileSync(join(TARGET, icon), picture);
  writeFileSync(join(TARGET, 'index.html'), pageOf(named('.js'), named('.css'), icon));
  return Object.keys(metafile.inputs);
};
