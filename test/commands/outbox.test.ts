// kontakt outbox: what Danish citizens were sent, line by line, and in JSON.

import assert from 'node:assert/strict';
import { prepare } from '../dfdg/story.ts';
import { kontakt } from '../program.ts';
import { control, startRunning } from '../running.ts';

describe('kontakt outbox', () => {
  it('shows a code and a reminder, oldest first, each with its kind', async () => {
    const emulator = await startRunning();
    try {
      const code = await prepare(emulator);
      const citizen = '1305475366';
      await control(emulator.url, 'PUT', `/persons/dk/${citizen}`, {
        kontaktdata: [{ type: 1, value: '20123456', status: 2 }],
        huskeservice: ['interview'],
      });
      const text = 'Husk din samtale';
      assert.equal((await control(emulator.url, 'POST', '/reminders', { citizen, text })).http, 200);
      const plain = await kontakt(['outbox', '--url', emulator.url]);
      assert.equal(plain.code, 0, plain.stderr);
      const [first, second, ...more] = plain.stdout.trimEnd().split('\n');
      assert.match(first ?? '', new RegExp(`1403455896 +verification +email +ny@example.dk .*${code}`));
      assert.match(second ?? '', /1305475366 +reminder +sms +20123456 +Husk din samtale$/);
      assert.deepEqual(more, []);
      const { stdout } = await kontakt(['outbox', '--json', '--url', emulator.url]);
      const rows = stdout.trimEnd().split('\n');
      assert.deepEqual(
        rows.map((line) => (JSON.parse(line) as { kind: string }).kind),
        ['verification', 'reminder'],
      );
    } finally {
      await emulator.close();
    }
  });

  it('shows every message, also where there are more than one answer holds', async () => {
    const emulator = await startRunning();
    try {
      const citizen = '1305475366';
      await control(emulator.url, 'PUT', `/persons/dk/${citizen}`, {
        kontaktdata: [{ type: 1, value: '20123456', status: 2 }],
        huskeservice: ['interview'],
      });
      const texts = Array.from({ length: 1001 }, (_, number) => `number ${number}`);
      for (const text of texts)
        assert.equal((await control(emulator.url, 'POST', '/reminders', { citizen, text })).http, 200);
      const { stdout } = await kontakt(['outbox', '--json', '--url', emulator.url]);
      const lines = stdout.trimEnd().split('\n');
      assert.deepEqual(
        lines.map((line) => (JSON.parse(line) as { text: string }).text),
        texts,
      );
    } finally {
      await emulator.close();
    }
  });
});
