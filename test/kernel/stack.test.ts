// The stack of a defect names the source, although the program runs in bundled files.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sourceStack } from '../../src/kernel/stack.ts';
import { newDirectory } from '../directories.ts';

const ROOT = join(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');

const errorAt = (place: string): Error => {
  const error = new Error('broken');
  error.stack = `Error: broken\n    at decide (${place})\n    at node:internal/process/task_queues:95:5`;
  return error;
};

describe('the stack of a defect', () => {
  it('names file and line of the source for a place in the bundle', () => {
    const text = 'export const createGroup';
    const bundled = 'var createGroup';
    const file = readdirSync(DIST).find(
      (name) => name.endsWith('.js') && readFileSync(join(DIST, name), 'utf8').includes(`${bundled} =`),
    );
    assert.ok(file);
    const lines = readFileSync(join(DIST, file), 'utf8').split('\n');
    const line = lines.findIndex((one) => one.startsWith(bundled)) + 1;
    const stack = sourceStack(errorAt(`${pathToFileURL(join(DIST, file)).href}:${line}:5`));
    const [, place = ''] = /at decide \(src\/store\/sqlite\/group\.ts:(\d+):\d+\)/.exec(stack) ?? [];
    const source = readFileSync(join(ROOT, 'src/store/sqlite/group.ts'), 'utf8').split('\n');
    assert.ok(source[Number(place) - 1]?.startsWith(text), stack);
    assert.match(stack, /^Error: broken\n[^\n]+\n {4}at node:internal\/process\/task_queues:95:5$/);
  });

  it('stays as it is where no map is, or none that can be read', () => {
    const folder = newDirectory();
    const without = errorAt(`${pathToFileURL(join(folder, 'a.js')).href}:1:1`);
    assert.equal(sourceStack(without), without.stack);
    const elsewhere = errorAt(`file:///no%2Fpath/b.js:1:1`);
    assert.equal(sourceStack(elsewhere), elsewhere.stack);
  });
});
