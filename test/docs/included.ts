// Code that a page of the documentation shows: regions of tested files, between comments such as `# docs:begin NAME`.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

const LANGUAGES: Readonly<Record<string, string>> = {
  '.cpp': 'cpp',
  '.java': 'java',
  '.mjs': 'js',
  '.php': 'php',
  '.py': 'python',
  '.sh': 'sh',
  '.ts': 'ts',
};

const MARKER = /^[ \t]*(?:#|\/\/) docs:(begin|end) ([\w-]+)$/;

/** The names of the regions of a text, each begun once and ended after that. */
export const regionsIn = (text: string): string[] => {
  const begun: string[] = [];
  const ended: string[] = [];
  for (const line of text.split('\n')) {
    const [, way, name] = MARKER.exec(line) ?? [];
    if (name === undefined) continue;
    if (way === 'begin') begun.push(name);
    else {
      assert.ok(begun.includes(name), `docs:end ${name} has no begin before it`);
      ended.push(name);
    }
  }
  assert.deepEqual([...new Set(begun)].toSorted(), ended.toSorted(), 'each region begins and ends once');
  return begun;
};

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The lines of a region, without their common indent and without the markers of others. */
const region = (text: string, name: string): string => {
  assert.ok(regionsIn(text).includes(name), `a region ${name}`);
  const lines = text.split('\n');
  const at = (way: string): number =>
    lines.findIndex((line) => {
      const found = MARKER.exec(line);
      return found?.[1] === way && found[2] === name;
    });
  const inside = lines.slice(at('begin') + 1, at('end')).filter((line) => !MARKER.test(line));
  const indent = Math.min(...inside.filter((line) => line !== '').map(indentOf));
  return inside.map((line) => line.slice(indent)).join('\n');
};

const INCLUDED = /^<!-- shown: (\S+)#([\w-]+) -->\n.*?^<!-- end -->$/gms;

/** The regions that a page shows, each as `file#name`. */
export const shownBy = (page: string): string[] =>
  [...page.matchAll(INCLUDED)].map(([, file, name]) => `${file}#${name}`);

/**
 * The page with every region as its file has it now.
 *
 * @throws AssertionError where a file has no such region
 */
export const rendered = (page: string): string =>
  page.replace(INCLUDED, (_whole, file: string, name: string) => {
    const code = region(readFileSync(join(ROOT, file), 'utf8'), name);
    const language = LANGUAGES[extname(file)];
    assert.ok(language, `the language of ${file}`);
    return `<!-- shown: ${file}#${name} -->\n\`\`\`${language}\n${code}\n\`\`\`\n<!-- end -->`;
  });

/** A block of commands of a page, whether a test runs it, and what it prints, where the page says that. */
export interface Commands {
  readonly text: string;
  readonly isRun: boolean;
  /** Whether each of its commands is meant to be refused. */
  readonly isRefused: boolean;
  readonly prints: string | undefined;
  /** The language that the output is shown in. */
  readonly language: string | undefined;
}

/** The page without its blocks of code. */
export const proseOf = (page: string): string => page.replace(/^```\w*\n.*?^```$/gms, '');

/** The page with another output below a block of commands. */
export const printing = (page: string, { text, prints = '', language }: Commands, output: string): string => {
  const below = (printed: string): string =>
    `${text}\`\`\`\n\nIt prints:\n\n\`\`\`${language}\n${printed}\`\`\``;
  assert.ok(page.includes(below(prints)), text);
  return page.replace(below(prints), () => below(output));
};

const BLOCK =
  /(?:^<!-- (run|run: refused|not run: [^\n]+|shown: [^\n]+) -->\n)?^```sh\n(.*?)^```$(?:\n+It prints:\n+```(text|json)\n(.*?)^```$)?/gms;

/**
 * The blocks of commands of a page.
 *
 * @throws AssertionError where a block is neither run by a test nor says why not
 */
export const commandsIn = (page: string): Commands[] =>
  [...page.matchAll(BLOCK)]
    .filter(([, above]) => !above?.startsWith('shown'))
    .map(([, above, text = '', language, prints]) => {
      assert.ok(above, `run, or not run and why: ${text}`);
      const isRefused = above === 'run: refused';
      return { text, isRun: isRefused || above === 'run', isRefused, prints, language };
    });
