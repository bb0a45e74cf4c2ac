// docs/stories.md tells what happened to people; the screens are runs of the program: DOCS=write npx mocha test/docs/stories.test.ts.

import assert from 'node:assert/strict';
import { type Arena, openArena } from '../attacks/arena.ts';
import { inOneMoment } from '../explain/moment.ts';
import { kontakt } from '../program.ts';
import { steadyInstants } from './instants.ts';
import { assertMade } from './pages.ts';
import { stories } from './stories.ts';

const PAGE = 'docs/stories.md';

describe('docs/stories.md', () => {
  let arena: Arena;
  before(async () => {
    arena = await openArena({ profile: 'observed' });
  });
  after(() => arena.emulator.close());

  /** A text without what differs from run to run. */
  const steady = (text: string): string =>
    steadyInstants(text)
      .replaceAll(/[A-Za-z0-9+/]{43}=/g, 'nuk0EtJk4plAwxlXr0xUcZ4XUcmn/4JCbRrYfBfL0pA=')
      .replaceAll(/[0-9a-f]{64}/g, '9ee93412d264e29940c31957af4c54719e1751c9a7ff82426d1ad87c17cbd290');

  for (const { name, cause, broken, mended } of stories) {
    it(`${name}: is refused for ${cause}, and the screen says so`, async () => {
      // How far a clock is beside the emulator's is told in seconds.
      const answer = await inOneMoment(arena, () => arena.post(broken(arena)));
      assert.ok(answer.status >= 400);
      const url = ['--url', arena.emulator.url];
      const { causes } = JSON.parse((await kontakt(['explain', 'last', ...url, '--json'])).stdout) as {
        causes: { cause: string; certain: boolean }[];
      };
      assert.equal(causes[0]?.cause, cause);
      const { stdout, code } = await kontakt(['explain', 'last', ...url]);
      assert.equal(code, 1);
      // The first cause is the story; what follows from it is left out.
      const [head = '', first = ''] = steady(stdout).split('\n\n');
      const text = /<faultstring[^>]*>([^<]*)/.exec(answer.text)?.[1] ?? String(answer.status);
      assertMade(
        PAGE,
        name,
        [
          `On the wire: "${text}".`,
          '',
          '```text',
          '$ kontakt explain last',
          ...`${head}\n\n${first}`.trimEnd().split('\n'),
          '```',
        ],
        'stories.test.ts',
      );
    });

    it(`${name}: is accepted when that is mended`, async () => {
      const { status, text } = await arena.post(mended(arena));
      assert.equal(status, 200, text);
    });
  }
});
