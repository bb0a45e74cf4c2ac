// What the file system refuses is told in words, and never by a code alone.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInput } from '../../src/commands/message/input.ts';
import { readJson } from '../../src/commands/register/access.ts';
import { reasonOf } from '../../src/kernel/file-error.ts';
import { newDirectory } from '../directories.ts';

describe('a file that cannot be used', () => {
  for (const [command, read] of [
    ['a message', readInput],
    ['persons', readJson],
  ] as const)
    it(`is told in words: ${command}`, () => {
      const directory = newDirectory();
      const folder = join(directory, 'folder');
      const file = join(directory, 'file');
      mkdirSync(folder);
      writeFileSync(file, '{}');
      for (const [path, why] of [
        [join(directory, 'none'), 'there is no such file or folder'],
        [folder, 'it is a directory, not a file'],
        [join(file, 'below'), 'a part of the path is a file, not a directory'],
      ] as const)
        assert.throws(() => read(path), { message: `${path}: ${why}` });
    });

  it('is told in words where it may not be read', () => {
    const refused = Object.assign(new Error('EACCES: permission denied, open'), { code: 'EACCES' });
    assert.equal(reasonOf(refused), 'permission denied');
  });

  it('is told as it is where it is something else', () => {
    assert.equal(reasonOf(new SyntaxError('no JSON')), 'no JSON');
  });
});
