// Where a defect happened, by the names of the source: the program runs in bundled files, whose maps lie beside them.

import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

const PLACE = /(file:\/\/\S+\.js):(\d+):(\d+)/g;

const mapOf = (url: string): SourceMap | undefined => {
  const file = `${fileURLToPath(url)}.map`;
  return existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
};

/** `src/store/sqlite/group.ts:12:3` for a place in a bundled file; the place itself where no map knows it. */
const sourceOf = (place: string, url: string, line: string, column: string): string => {
  const entry = mapOf(url)?.findEntry(Number(line) - 1, Number(column) - 1);
  if (!entry || !('originalSource' in entry)) return place;
  const { originalSource, originalLine, originalColumn } = entry;
  return `${originalSource.replace(/^(?:\.\.\/)+/, '')}:${originalLine + 1}:${originalColumn + 1}`;
};

/** The stack of an error, its places in the source. Read only when a defect is told, so that no start pays for it. */
export const sourceStack = (error: Error): string => {
  const stack = error.stack ?? error.message;
  try {
    return stack.replace(PLACE, sourceOf);
  } catch {
    // A defect is told all the same.
    return stack;
  }
};
