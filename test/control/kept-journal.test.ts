// The journal over a restart: what was exchanged before is listed, shown and explained, masked as ever.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Explained } from '../../src/explain/explained.ts';
import { newDataDirectory } from '../directories.ts';
import { clientOf, control, operationOf, post, signed, startRunning } from '../running.ts';
import { assertProblem } from './replies.ts';

const PERSON = '12838410985';

interface Entry {
  readonly id: string;
  readonly number: number;
  readonly problem?: string;
}

const list = async (url: string, query = ''): Promise<Entry[]> =>
  ((await control(url, 'GET', `/journal${query}`)).json as { entries: Entry[] }).entries;
const text = async (url: string, path: string): Promise<string> =>
  (await fetch(`${url}/_emulator${path}`)).text();

describe('the journal in a data directory', () => {
  let data: string;
  const ids: string[] = [];
  const sent: string[] = [];
  let listed: Entry[];
  let explained: string;
  const start = (options = {}) => startRunning({ data, ...options });

  before(async () => {
    data = await newDataDirectory();
    const emulator = await start();
    const [values = {}] = operationOf('OpprettPostkasse').examples;
    const good = signed('OpprettPostkasse', values, clientOf(emulator, 'digipost'));
    const other = signed('OpprettPostkasse', values, clientOf(emulator, 'eboks'));
    for (const envelope of [good, other.replace(PERSON, `${PERSON} `), '<a/>']) {
      sent.push(envelope);
      ids.push((await post(emulator.url, envelope)).journal);
    }
    explained = await text(emulator.url, `/journal/${ids[1]}/explanation`);
    listed = await list(emulator.url);
    await emulator.close();
  });

  it('lists after a restart what was there before, under the same ids, and goes on with the numbers', async () => {
    const emulator = await start();
    assert.deepEqual(await list(emulator.url), listed);
    const { journal } = await post(emulator.url, '<b/>');
    assert.match(journal, /-4$/);
    assert.deepEqual(
      (await list(emulator.url)).map(({ id }) => id),
      [journal, ...[...ids].reverse()],
    );
    assert.deepEqual(
      (await list(emulator.url, '?limit=2&before=4')).map(({ number }) => number),
      [3, 2],
    );
    assert.deepEqual(
      (await list(emulator.url, '?problem=security.digest&after=1')).map(({ number }) => number),
      [2],
    );
    const { json } = await control(emulator.url, 'GET', '/info');
    const { kept, entries, dropped } = (json as { journal: Record<string, unknown> }).journal;
    assert.deepEqual([kept, dropped], ['file', 0]);
    assert.ok(Number(entries) >= 3);
    await emulator.close();
  });

  it('finds them by number and by id, with both messages, masked unless asked for', async () => {
    const emulator = await start();
    for (const which of ['1', ids[0]]) {
      const { json } = await control(emulator.url, 'GET', `/journal/${which}`);
      assert.deepEqual(json, listed[2]);
    }
    assert.equal(await text(emulator.url, '/journal/1/message?unmasked=true'), sent[0]);
    assert.match(await text(emulator.url, '/journal/1/message'), />128384\*{5}</);
    assert.match(await text(emulator.url, '/journal/1/message?side=response'), /<pk:status>OK<\/pk:status>/);
    assertProblem(await control(emulator.url, 'GET', '/journal/999'), 404, /no exchange 999/);
    await emulator.close();
  });

  it('tells the cause that was found before, and finds those that nobody had asked for', async () => {
    const emulator = await start();
    assert.equal(await text(emulator.url, `/journal/${ids[1]}/explanation`), explained);
    const open = (await control(emulator.url, 'GET', '/journal/2/explanation?unmasked=true'))
      .json as Explained;
    assert.equal(open.causes[0]?.cause, 'text-changed');
    assert.match(open.causes[0]?.evidence.difference?.arrived ?? '', /12838410985·</);
    assert.doesNotMatch(explained, /12838410985/);
    await emulator.close();
  });

  it('is not read where the journal is to be in memory only, and is still there afterwards', async () => {
    const memory = await start({ journal: 'memory' });
    assert.deepEqual(await list(memory.url), []);
    await post(memory.url, '<c/>');
    assert.equal((await list(memory.url)).length, 1);
    await memory.close();
    const emulator = await start();
    assert.equal((await list(emulator.url)).length, 4);
    await emulator.close();
  });

  it('keeps as many as it may, also where there were more', async () => {
    for (const message of ['<d/>', '<e/>', '<f/>']) {
      const emulator = await start({ journalEntries: 2 });
      assert.equal((await list(emulator.url)).length, 2);
      await post(emulator.url, message);
      await emulator.close();
    }
  });

  it('is empty after DELETE, after a reset that asks for it, and not after one that does not', async () => {
    for (const [method, path, body] of [
      ['DELETE', '/journal', undefined],
      ['POST', '/reset', { journal: true }],
    ] as const) {
      const emulator = await start();
      await post(emulator.url, '<g/>');
      await control(emulator.url, 'POST', '/reset');
      assert.ok((await list(emulator.url)).length > 0);
      const { http } = await control(emulator.url, method, path, body);
      assert.ok(http < 300, String(http));
      assert.deepEqual(await list(emulator.url), []);
      await emulator.close();
      const again = await start();
      assert.deepEqual(await list(again.url), []);
      await again.close();
    }
  });

  it('never keeps anybody from starting: what is no journal is set aside', async () => {
    writeFileSync(join(data, 'journal.db'), 'mine');
    const emulator = await start();
    await post(emulator.url, '<h/>');
    assert.equal((await list(emulator.url)).length, 1);
    await emulator.close();
  });
});
