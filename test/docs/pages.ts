// The pages of the documentation: which there are, and the parts of them that are made from what the program knows.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './included.ts';

const isPage = (name: string): boolean => name.endsWith('.md');

/** Every page, by its path from the root. */
export const pages: readonly string[] = [
  ...readdirSync(ROOT).filter(isPage),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(isPage)
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
].toSorted();

export const readPage = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

export const writePage = (page: string, content: string): void => writeFileSync(join(ROOT, page), content);

/** Whether the pages are to be renewed, not checked. */
export const isWriting = process.env.DOCS === 'write';

/**
 * Checks a part of a page, between `<!-- made: name -->` and `<!-- end -->`, against what it is made from; or renews it.
 *
 * @param from the test that renews it
 */
export const assertMade = (page: string, name: string, lines: readonly string[], from: string): void => {
  const content = readPage(page);
  const begin = `<!-- made: ${name} -->\n`;
  const [before = '', rest] = content.split(begin);
  assert.ok(rest !== undefined, `${page} has no part "${name}"`);
  const end = rest.indexOf('<!-- end -->');
  assert.ok(end >= 0, `${page}: the part "${name}" has no end`);
  const part = `\n${lines.join('\n')}\n\n`;
  if (isWriting) writePage(page, `${before}${begin}${part}${rest.slice(end)}`);
  else assert.equal(rest.slice(0, end), part, `renew it with DOCS=write npx mocha test/docs/${from}`);
};

/** A row of a table. */
export const row = (...cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`.replaceAll('|  |', '| |');

/** A table with its head. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] => [
  row(...head),
  `|${'---|'.repeat(head.length)}`,
  ...rows.map((cells) => row(...cells)),
];
