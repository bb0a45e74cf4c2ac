// The death of the process, and a disk that is full, with a journal that is kept: the next start is none the worse for it.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { newDataDirectory } from '../directories.ts';
import { type Serving, serve } from '../program.ts';
import { control, post } from '../running.ts';

interface Entry {
  readonly id: string;
  readonly number: number;
}

const list = async (url: string): Promise<Entry[]> =>
  ((await control(url, 'GET', '/journal?limit=1000')).json as { entries: Entry[] }).entries;
const journalOf = async (url: string): Promise<Record<string, unknown>> =>
  ((await control(url, 'GET', '/info')).json as { journal: Record<string, unknown> }).journal;
const stop = ({ child, ended }: Serving, signal: NodeJS.Signals) => {
  child.kill(signal);
  return ended;
};

describe('a kept journal', function () {
  this.timeout(60_000);

  it('loses at most its tail to kill −9, and never keeps the emulator from starting', async () => {
    const data = await newDataDirectory();
    const ids: string[] = [];
    for (let life = 0; life < 4; life += 1) {
      const serving = await serve(['--data', data]);
      const before = ids.length;
      const known = (await list(serving.url)).map(({ id }) => id).reverse();
      // Of each life before, the first ones and no gap among them.
      assert.deepEqual(known, ids);
      for (let sent = 0; sent < 40; sent += 1) ids.push((await post(serving.url, `<a${sent}/>`)).journal);
      // What is listed by the file is what a restart finds: asked for by what is in no memory.
      const { entries } = await journalOf(serving.url);
      await stop(serving, life % 2 === 0 ? 'SIGKILL' : 'SIGTERM');
      const again = await serve(['--data', data]);
      const kept = (await list(again.url)).map(({ id }) => id).reverse();
      assert.deepEqual(kept, ids.slice(0, kept.length), 'what is lost is the tail');
      assert.ok(
        kept.length >= Number(entries),
        `${kept.length} of ${ids.length}, ${String(entries)} were stored`,
      );
      if (life % 2 === 1) assert.equal(kept.length, before + 40, 'a stop in order loses nothing');
      ids.length = kept.length;
      await stop(again, 'SIGTERM');
    }
    assert.ok(ids.length >= 80, String(ids.length));
    assert.equal(statSync(join(data, 'journal.db')).mode & 0o777, 0o600);
  });

  it('drops and counts what a full disk takes no more, while every call is answered', async () => {
    const data = await newDataDirectory();
    await stop(await serve(['--data', data]), 'SIGTERM');
    const script = `ulimit -S -f 600; trap "" XFSZ; exec "$@"`;
    const serving = await serve(['--data', data], {}, ['bash', '-c', script, 'bash']);
    const large = `<a>${'x'.repeat(100_000)}</a>`;
    for (let sent = 0; sent < 20; sent += 1) assert.equal((await post(serving.url, large)).http, 500);
    // Until mocha's patience ends.
    while (Number((await journalOf(serving.url)).dropped) === 0) await setTimeout(20);
    assert.equal((await list(serving.url)).length, 20, 'the memory has them');
    assert.equal((await stop(serving, 'SIGTERM')).code, 0);
    const again = await serve(['--data', data]);
    assert.ok((await list(again.url)).length < 20);
    const { journal } = await post(again.url, '<b/>');
    assert.ok((await list(again.url)).some(({ id }) => id === journal));
    await stop(again, 'SIGTERM');
  });
});
