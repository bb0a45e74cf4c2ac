// docs/clients shows the clients that the tests run: DOCS=write npx mocha test/docs/clients.test.ts renews the pages.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { commandsIn, proseOf, ROOT, regionsIn, rendered, shownBy } from './included.ts';

const FOLDER = join(ROOT, 'docs/clients');
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

describe('docs/clients', () => {
  for (const name of pages) {
    it(`${name} shows the code that is tested`, () => {
      const path = join(FOLDER, name);
      const page = readFileSync(path, 'utf8');
      if (process.env.DOCS === 'write') writeFileSync(path, rendered(page));
      else assert.equal(page, rendered(page), 'renew it with DOCS=write npx mocha test/docs/clients.test.ts');
    });

    it(`${name} tells of every command whether a test runs it`, () => {
      commandsIn(readFileSync(join(FOLDER, name), 'utf8'));
    });

    it(`${name} links to files that are there`, () => {
      const prose = proseOf(readFileSync(join(FOLDER, name), 'utf8'));
      for (const [, link = ''] of prose.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
        assert.ok(existsSync(join(FOLDER, link)), link);
    });
  }

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
