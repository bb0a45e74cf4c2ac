// docs/clients shows every client that the tests run.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, regionsIn, shownBy } from './included.ts';

const FOLDER = join(ROOT, 'docs/clients');
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

describe('docs/clients', () => {
  it('has an index that leads to every page', () => {
    const index = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    for (const name of pages.filter((page) => page !== 'README.md'))
      assert.ok(index.includes(`](${name})`), name);
  });

  it('shows every region that a client marks for it', () => {
    const shown = new Set(pages.flatMap((name) => shownBy(readFileSync(join(FOLDER, name), 'utf8'))));
    const clients = join(ROOT, 'test/interop');
    for (const entry of readdirSync(clients, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.parentPath.includes('node_modules')) continue;
      const path = join(entry.parentPath, entry.name);
      const file = relative(ROOT, path).replaceAll('\\', '/');
      for (const name of regionsIn(readFileSync(path, 'utf8')))
        assert.ok(shown.has(`${file}#${name}`), `${file}#${name} is on no page`);
    }
  });
});
