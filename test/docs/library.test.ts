// docs/library.md names every member of the library's face.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './included.ts';
import { readPage } from './pages.ts';

describe('docs/library.md', () => {
  it('names every member of an emulator', () => {
    const source = readFileSync(join(ROOT, 'src/library/emulator.ts'), 'utf8');
    const [, face = ''] = /^export interface Emulator \{$(.*?)^\}$/ms.exec(source) ?? [];
    const members = [...face.matchAll(/^ {2}(?:readonly )?(\w+)[:(]/gm)].map(([, name = '']) => name);
    assert.ok(members.length >= 12, members.join(', '));
    const page = readPage('docs/library.md');
    for (const name of members) assert.match(page, new RegExp(`\`${name}\\b`), name);
  });
});
