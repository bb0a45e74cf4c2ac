// The journal over the control interface: newest first, explained, with the bytes, person numbers masked.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { clientOf, control, DIGIPOST, operationOf, post, signed, startRunning } from '../running.ts';

const PERSON = '12838410985';
const MASKED = '128384*****';

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly operation?: string;
  readonly organisation?: string;
  readonly result?: string;
  readonly problem?: string;
  readonly httpStatus: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly explanation?: Readonly<Record<string, string>>;
  readonly requestBytes: number;
  readonly responseBytes: number;
}

describe('the journal', () => {
  let emulator: Emulator;
  const sent: string[] = [];
  const list = async (query = ''): Promise<Entry[]> =>
    ((await control(emulator.url, 'GET', `/journal${query}`)).json as { entries: Entry[] }).entries;
  const bytesOf = async (id: string, query: string): Promise<string> =>
    (await fetch(`${emulator.url}/_emulator/journal/${id}/message?${query}`)).text();
  const ids: string[] = [];

  before(async () => {
    emulator = await startRunning();
    const [values = {}] = operationOf('OpprettPostkasse').examples;
    const once = signed('OpprettPostkasse', values, clientOf(emulator, 'digipost'));
    const again = signed('OpprettPostkasse', values, clientOf(emulator, 'digipost'));
    const wrong = signed(
      'OpprettPostkasse',
      { ...values, personidentifikator: '14897410895' },
      clientOf(emulator, 'digipost'),
    );
    for (const envelope of [once, again, once, '<a/>', wrong]) {
      sent.push(envelope);
      ids.push((await post(emulator.url, envelope)).journal);
    }
  });
  after(() => emulator.close());

  it('lists newest first, whole, by number, by problem and by operation', async () => {
    const all = await list();
    assert.deepEqual(
      all.map(({ id }) => id),
      [...ids].reverse(),
    );
    assert.deepEqual(
      (await list('?limit=2')).map(({ id }) => id),
      [...ids].reverse().slice(0, 2),
    );
    assert.deepEqual(
      (await list('?problem=security.replay')).map(({ id }) => id),
      [ids[2]],
    );
    assert.equal((await list('?operation=OpprettPostkasse')).length, 4);
    assert.deepEqual(await list('?problem=none'), []);
  });

  it('tells who, what, how it ended, and how long each stage took', async () => {
    const [, notXml, replayed, refused, accepted] = await list();
    assert.deepEqual(
      [accepted?.result, accepted?.operation, accepted?.organisation, accepted?.httpStatus],
      ['OK', 'OpprettPostkasse', DIGIPOST, 200],
    );
    assert.equal(accepted?.explanation, undefined);
    assert.equal(refused?.result, 'FEILET POSTKASSE_EKSISTERER_ALLEREDE');
    assert.deepEqual([replayed?.problem, replayed?.httpStatus], ['security.replay', 500]);
    assert.equal(notXml?.problem, 'soap.not-an-envelope');
    assert.deepEqual(Object.keys(accepted?.stages ?? {}), [
      'guard',
      'parse',
      'envelope',
      'security',
      'schema',
      'decode',
      'decide',
      'encode',
      'sign',
      'store',
    ]);
    for (const time of Object.values(accepted?.stages ?? {})) assert.ok(time >= 0);
    assert.equal(accepted?.requestBytes, Buffer.byteLength(sent[0] ?? ''));
    assert.ok((accepted?.responseBytes ?? 0) > 0);
    assert.ok(Math.abs(Date.parse(accepted?.at ?? '') - Date.now()) < 60_000);
  });

  it('explains every refusal in full', async () => {
    for (const { explanation } of (await list()).slice(0, 4))
      assert.deepEqual(Object.keys(explanation ?? {}).sort(), [
        'basis',
        'check',
        'expected',
        'found',
        'remedy',
        'rule',
      ]);
  });

  it('masks person numbers in entries and bytes unless they are asked for', async () => {
    const [id = '', wrongId = ''] = [ids[0], ids[4]];
    const show = async (query: string) =>
      JSON.stringify((await control(emulator.url, 'GET', `/journal/${wrongId}${query}`)).json);
    assert.match(await show(''), /148974\*{5}/);
    assert.doesNotMatch(await show(''), /14897410895/);
    assert.match(await show('?unmasked=true'), /14897410895/);
    for (const query of ['side=request', 'unmasked=false']) {
      assert.ok((await bytesOf(id, query)).includes(MASKED), query);
      assert.ok(!(await bytesOf(id, query)).includes(PERSON), query);
    }
    assert.equal(await bytesOf(id, 'unmasked=true'), sent[0]);
  });

  it('masks what a number means: in UTF-16, and written with character references', async () => {
    const [values = {}] = operationOf('OpprettPostkasse').examples;
    const plain = signed('OpprettPostkasse', values, clientOf(emulator, 'digipost'));
    const utf16 = Buffer.from(`\ufeff${plain}`, 'utf16le');
    for (const body of [utf16, Buffer.from(plain.replace(PERSON, '12838&#52;10985'))]) {
      const response = await fetch(`${emulator.url}/ws-postkasseleverandoer-v1`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml', soapaction: '""' },
        body,
      });
      const shown = await bytesOf(response.headers.get('kontakt-journal') ?? '', 'side=request');
      assert.match(shown, />(?:128384|12838&#52;)\*{5}</);
      // Base64 beside it may hold five digits by chance.
      assert.doesNotMatch(shown, /personidentifikator>[^<]*10985/);
    }
  });

  it('names who sent a message that is refused, as claimed where nothing vouches for it', async () => {
    const [values = {}] = operationOf('OpprettPostkasse').examples;
    const claims = async (client: string, edit = (text: string) => text) => {
      const { journal } = await post(
        emulator.url,
        edit(signed('OpprettPostkasse', values, clientOf(emulator, client))),
      );
      const { json } = await control(emulator.url, 'GET', `/journal/${journal}`);
      const { organisation, claimed, subject } = json as Record<string, unknown>;
      assert.match(String(subject), /CN=/);
      return [organisation, claimed];
    };
    assert.deepEqual(await claims('utloept'), [DIGIPOST, true]);
    assert.deepEqual(await claims('digipost', (text) => text.replace('</m:', ' </m:')), [DIGIPOST, true]);
    assert.deepEqual(await claims('digipost'), [DIGIPOST, undefined]);
  });

  it('gives the bytes of either side as plain text, so that no browser runs them', async () => {
    const response = await fetch(
      `${emulator.url}/_emulator/journal/${ids[0]}/message?side=response&unmasked=true`,
    );
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
    assert.match(await response.text(), /<pk:status>OK<\/pk:status>/);
  });

  it('answers an unknown exchange, side or limit with problem details', async () => {
    for (const [path, http] of [
      ['/journal/none', 404],
      ['/journal/none/message', 404],
      [`/journal/${ids[0]}/message?side=both`, 400],
      ['/journal?limit=0', 400],
    ] as const) {
      const reply = await control(emulator.url, 'GET', path);
      assert.equal(reply.http, http, path);
      assert.match(reply.type, /problem\+json/);
    }
  });

  it('is named in every answer, unless the headers are switched off', async () => {
    for (const id of ids) assert.match(id, /^[0-9a-f]{8}-\d+$/);
    const quiet = await startRunning({ answerHeaders: false });
    assert.equal((await post(quiet.url, '<a/>')).journal, '');
    await quiet.close();
  });
});
