// What the real server was seen to accept stays accepted, with a warning where the strict profile would refuse it.

import assert from 'node:assert/strict';
import { type Arena, openArena, question } from './arena.ts';
import { timestampOf } from './message.ts';
import { URI } from './names.ts';
import { both, variants } from './variants.ts';

for (const profile of ['observed', 'strict'] as const) {
  describe(`variants under the profile ${profile}`, () => {
    let arena: Arena;
    before(async () => {
      arena = await openArena({ profile });
    });
    after(() => arena.emulator.close());

    for (const { name, make, strict, warnings = 1 } of variants) {
      const refused = profile === 'strict' ? strict : undefined;
      it(refused ? `refuses ${name} (${refused})` : `accepts ${name}`, async () => {
        const answer = await arena.post(
          make((knobs) => arena.message({ payload: question, ...knobs }), arena),
        );
        const { problem, explanation } = await arena.journal(answer);
        assert.equal(problem, refused, JSON.stringify(explanation));
        assert.equal(answer.status, refused ? 500 : 200);
        if (!refused) assert.match(answer.text, /status>JA</);
        const warned = profile === 'observed' && strict !== undefined;
        assert.equal(answer.headers.get('kontakt-warnings'), warned ? String(warnings) : null);
      });
    }
  });
}

describe('warnings', () => {
  it('counts every departure from strict', async () => {
    const arena = await openArena();
    try {
      const now = arena.now();
      const answer = await arena.post(
        arena.message({
          payload: question,
          timestamp: timestampOf(now),
          ...both({ transforms: [], digest: URI.sha1 }),
        }),
      );
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('kontakt-warnings'), '3', 'no Expires, SHA-1, no Transforms');
    } finally {
      await arena.emulator.close();
    }
  });
});
