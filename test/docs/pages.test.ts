// The pages of the documentation as a whole: links that lead somewhere, commands that are run or say why not, a way to each.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { commandsIn, proseOf, ROOT, rendered } from './included.ts';
import { isWriting, pages, readPage, writePage } from './pages.ts';

/** The anchors of a page, as GitHub makes them of its headings. */
const anchorsOf = (page: string): Set<string> => {
  const anchors = new Set<string>();
  for (const [, heading = ''] of proseOf(readPage(page)).matchAll(/^#+ (.+)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replaceAll(' ', '-');
    assert.ok(!anchors.has(anchor), `${page} has two headings for #${anchor}`);
    anchors.add(anchor);
  }
  return anchors;
};

const linksIn = (page: string): { path: string; anchor: string | undefined }[] =>
  [...proseOf(readPage(page)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path = '', anchor] = link.split('#');
      return { path: path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path)), anchor };
    });

describe('the pages of the documentation', () => {
  for (const page of pages) {
    it(`${page} links to what is there`, () => {
      for (const { path, anchor } of linksIn(page)) {
        assert.ok(existsSync(join(ROOT, path)), path);
        if (anchor !== undefined) assert.ok(anchorsOf(path).has(anchor), `${path}#${anchor}`);
      }
    });

    it(`${page} shows code as its file has it`, () => {
      const content = readPage(page);
      if (isWriting) writePage(page, rendered(content));
      else
        assert.equal(
          content,
          rendered(content),
          'renew it with DOCS=write npx mocha test/docs/pages.test.ts',
        );
    });

    it(`${page} tells of every command whether a test runs it`, () => {
      commandsIn(readPage(page));
    });
  }

  it('have a language for every block of code, sh for commands', () => {
    for (const page of pages) {
      const fences = [...readPage(page).matchAll(/^```(\w*)$/gm)].map(([, language = '']) => language);
      for (const [index, language] of fences.entries()) {
        if (index % 2 === 1) assert.equal(language, '', page);
        else assert.match(language, /^(?!bash|shell|console)\w+$/, `${page}, block ${index / 2 + 1}`);
      }
    }
  });

  it('have a way to each of them from the README, by the table of pages', () => {
    const linked = new Set(
      ['README.md', 'docs/README.md', 'docs/clients/README.md']
        .flatMap((page) => linksIn(page))
        .map(({ path }) => path),
    );
    for (const page of pages) assert.ok(page === 'README.md' || linked.has(page), `no link to ${page}`);
  });

  it('begin with a README of at most 180 lines, and its table of pages on the first screen', () => {
    const lines = readPage('README.md').split('\n');
    assert.ok(lines.length <= 181, `${lines.length - 1} lines`);
    assert.ok(lines.findIndex((line) => line.includes('](docs/norway.md)')) < 40);
  });

  it('explain [D], [O] and [A] before any of them is used', () => {
    for (const page of pages) {
      const prose = proseOf(readPage(page)).replace(/^<!-- made:.*?^<!-- end -->$/gms, '');
      const first = /\[[DOA](?:\/[DOA])?(?: [^\]]*)?\](?!\()/.exec(prose);
      if (!first || page === 'CHANGELOG.md') continue;
      const legend = /\*\*\[D\]\*\* documented|#how-well-it-is-known/.exec(prose);
      assert.ok(legend && legend.index <= first.index, `${page}: ${first[0]}`);
    }
  });
});
