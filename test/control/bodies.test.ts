// The bodies of the control interface: bounded, JSON in UTF-8, and told by place, expected and found.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { startRunning } from '../running.ts';
import { assertProblem } from './replies.ts';

const PERSON = '12838410985';
const STAR = {
  'x-active-organisation-type-identifier': '1',
  'x-active-organisation-code': '90000016',
  'x-request-user-identifier': 'x',
};

describe('a body of the control interface', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  const send = async (
    method: string,
    path: string,
    body: string | Buffer,
    headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
    at = emulator,
  ) => {
    const response = await fetch(`${at.url}/_emulator${path}`, { method, headers, body });
    return {
      http: response.status,
      type: response.headers.get('content-type') ?? '',
      json: (await response.json()) as unknown,
    };
  };

  it('is at most 64 KiB; a seed has a limit of its own', async () => {
    const large = JSON.stringify({ of: 'x'.repeat(65_536) });
    for (const [method, path] of [
      ['PUT', '/clock'],
      ['POST', '/reset'],
      ['PUT', `/persons/no/${PERSON}`],
      ['PUT', '/organisations'],
    ] as const)
      assertProblem(await send(method, path, large), 413, /at most 65536 bytes, a seed 67108864/);
    const persons = Array.from({ length: 4000 }, () => ({ id: '1', who: 'a long name for nobody' }));
    assertProblem(await send('POST', '/seed', JSON.stringify({ persons })), 400, /persons\.0\.id/);
  });

  it('is told by its first mistake, however many follow', async () => {
    const zeros = `[${'0,'.repeat(20_000)}0]`;
    const mailboxes = `{"postkasser":${zeros}}`;
    for (const [method, path, body, detail] of [
      ['PUT', `/persons/no/${PERSON}`, mailboxes, /postkasser\.0: expected an object, found the number 0$/],
      ['PUT', '/persons/dk/1403455896', `{"kontaktdata":${zeros}}`, /kontaktdata\.0: expected an object/],
      ['PUT', '/persons/dk/1403455896', `{"huskeservice":${zeros}}`, /huskeservice\.0: expected a text/],
      ['PUT', '/organisations', `{"providers":${zeros}}`, /providers\.0: expected an object/],
      [
        'PUT',
        '/organisations?country=dk',
        `{"organisations":${zeros}}`,
        /organisations\.0: expected an object/,
      ],
      [
        'POST',
        '/seed',
        `{"persons":[${'{},'.repeat(200_000)}{}]}`,
        /persons\.0\.id: expected a text, found nothing$/,
      ],
      [
        'POST',
        '/seed',
        `{"citizens":[${'0,'.repeat(500_000)}0]}`,
        /citizens\.0: expected an object, found the number 0$/,
      ],
    ] as const) {
      const reply = await send(method, path, body);
      assertProblem(reply, 400, detail);
      assert.ok(JSON.stringify(reply.json).length < 1000);
    }
  });

  it('is told by place, expected and found, with the near name of a member', async () => {
    for (const [method, path, body, detail] of [
      [
        'PUT',
        '/clock',
        { Now: '2030-01-01T00:00:00Z' },
        /^clock: the whole: expected the member "now", written so, found "Now"$/,
      ],
      ['PUT', '/clock', { now: 1 }, /^clock: now: expected a text, found the number 1$/],
      [
        'PUT',
        '/clock',
        { of: 'norway', real: true },
        /^clock: of: expected "register" or "security" or "both", found the text "norway"$/,
      ],
      ['PUT', '/clock', {}, /^clock: the whole: exactly one of now, offset, advance and real$/],
      [
        'PUT',
        `/persons/no/${PERSON}`,
        { reservert: 'ja' },
        /reservert: expected true or false, found the text "ja"$/,
      ],
      [
        'PUT',
        '/persons/dk/1403455896',
        { Kontaktdata: [] },
        /expected the member "kontaktdata", written so, found "Kontaktdata"$/,
      ],
      [
        'PUT',
        '/organisations',
        { providers: [{ orgnr: '1' }] },
        /providers\.0\.orgnr: expected an organisation number of nine digits, found the text "1"$/,
      ],
      ['POST', '/reminders', {}, /citizen: expected a text, found nothing$/],
      ['POST', '/seed', { persons: {} }, /persons: expected a list, found an empty object$/],
      ['POST', '/seed', [], /the whole: expected an object, found an empty list$/],
    ] as const)
      assertProblem(await send(method, path, JSON.stringify(body)), 400, detail);
  });

  it('of another media type is 415, and an empty one is none', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/xml'])
      assertProblem(
        await send('POST', '/reset', '{"journal":true}', { 'content-type': type }),
        415,
        /^send Content-Type: application\/json, not /,
      );
    const empty = await send('POST', '/reset', '', { 'content-type': 'text/plain' });
    assert.deepEqual([empty.http, empty.json], [200, { status: 'reset' }]);
  });

  it('in another encoding is named, and a member named __proto__ is none', async () => {
    const text = '{"real":true}';
    for (const [body, detail] of [
      [Buffer.from(`\ufeff${text}`), /byte order mark/],
      [Buffer.from(`\ufeff${text}`, 'utf16le'), /UTF-16, by its byte order mark/],
      [Buffer.from(text, 'utf16le'), /UTF-16 without a byte order mark/],
      [Buffer.from('{"real":"å"}', 'latin1'), /no UTF-8/],
      [Buffer.from('{"real":'), /no JSON/],
      [Buffer.from('{"real":true,"__proto__":{"now":"x"}}'), /"__proto__"/],
    ] as const)
      assertProblem(await send('PUT', '/clock', body), 400, detail);
    assertProblem(await send('PUT', `/persons/no/${PERSON}`, '{"__proto__":{}}'), 400, /"__proto__"/);
  });

  it('has the limits of the configuration, as messages have', async () => {
    const limits = { controlBody: 100, seedBody: 200, restBody: 100, soapBody: 2000, elements: 5 };
    const small = await startRunning({ limits, profile: 'none' });
    try {
      const body = JSON.stringify({ now: 'x'.repeat(100) });
      assertProblem(
        await send('PUT', '/clock', body, undefined, small),
        413,
        /at most 100 bytes, a seed 200/,
      );
      const post = async (path: string, type: string, content: string) =>
        (
          await fetch(`${small.url}${path}`, {
            method: 'POST',
            headers: { 'content-type': type, ...STAR },
            body: content,
          })
        ).status;
      assert.equal(await post('/v1/kontaktinformation', 'application/json', body), 413);
      assert.equal(await post('/ws-postkasseleverandoer-v1', 'text/xml', ' '.repeat(2001)), 413);
      await post('/ws-postkasseleverandoer-v1', 'text/xml', `<a>${'<b/>'.repeat(5)}</a>`);
      assert.equal(small.journal.list()[0]?.problem, 'xml.too-many-elements');
    } finally {
      await small.close();
    }
  });
});
