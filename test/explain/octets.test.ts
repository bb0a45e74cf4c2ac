// The canonical octets of an exchange over the control interface: those that the digests are of.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Arena, openArena, PERSON } from '../attacks/arena.ts';
import { assertProblem } from '../control/replies.ts';
import { control } from '../running.ts';

describe('GET /journal/{id}/octets', () => {
  let arena: Arena;
  let message: string;
  const get = (id: string, query: string): Promise<Response> =>
    fetch(`${arena.emulator.url}/_emulator/journal/${id}/octets?${query}`);
  /** The references of a signature, with the digest that each has. */
  const referencesIn = (text: string): { id: string; digest: string }[] =>
    [...text.matchAll(/<(?:\w+:)?Reference URI="#([^"]+)".*?<(?:\w+:)?DigestValue>([^<]+)</gs)].map(
      ([, id = '', digest = '']) => ({ id, digest }),
    );
  const octets = async (query: string): Promise<Buffer> => {
    const response = await get('1', query);
    assert.equal(response.status, 200, query);
    return Buffer.from(await response.arrayBuffer());
  };
  const references = (): { id: string; digest: string }[] => referencesIn(message);

  before(async () => {
    arena = await openArena({ profile: 'observed' });
    message = arena.message();
    await arena.post(message);
    await arena.post('<a/>');
    const { url } = arena.emulator;
    await fetch(`${url}/v1/kontaktinformation/11905819730`);
    await arena.post({ body: '<a/>', headers: { 'content-type': 'text/xml' } });
    const jobnet = '/PjakTassWCFtService/1/JobnetPersonNotificationReminderService.svc';
    await fetch(`${url}${jobnet}`, { method: 'POST', body: '<a/>', headers: { 'content-type': 'text/xml' } });
  });
  after(() => arena.emulator.close());

  it('gives what each digest is made over, by URI, by Id and by place', async () => {
    assert.ok(references().length >= 2);
    for (const [index, { id, digest }] of references().entries())
      for (const name of [`%23${id}`, id, String(index + 1)]) {
        const found = await octets(`reference=${name}&unmasked=true`);
        assert.equal(createHash('sha256').update(found).digest('base64'), digest, name);
      }
  });

  it('gives SignedInfo, and hides the numbers of persons unless they are asked for', async () => {
    assert.match((await octets('reference=SignedInfo')).toString(), /^<(?:\w+:)?SignedInfo .*SignedInfo>$/s);
    const body = references().find(({ id }) => /body/i.test(id))?.id ?? references()[1]?.id;
    const all = await Promise.all(references().map(({ id }) => octets(`reference=${id}`)));
    assert.ok(!Buffer.concat(all).includes(PERSON), body);
    assert.ok(Buffer.concat(all).includes('128384*****'), body);
  });

  it('gives those of the answer', async () => {
    const { text } = await arena.post(arena.message());
    const { json } = await control(arena.emulator.url, 'GET', '/journal?limit=1');
    const [{ number } = { number: 0 }] = (json as { entries: { number: number }[] }).entries;
    const found = referencesIn(text);
    assert.ok(found.length >= 2, text);
    for (const { id, digest } of found) {
      const response = await get(String(number), `reference=${id}&side=response&unmasked=true`);
      const made = createHash('sha256').update(Buffer.from(await response.arrayBuffer()));
      assert.equal(made.digest('base64'), digest, id);
    }
    assertProblem(
      await control(arena.emulator.url, 'GET', `/journal/${number}/octets?reference=none&side=response`),
      404,
      new RegExp(`no reference none in the answer of exchange ${number}; it has #`),
    );
    assertProblem(
      await control(arena.emulator.url, 'GET', '/journal/1/octets?reference=1&side=answer'),
      400,
      /side is request or response/,
    );
  });

  it('is XML that no browser runs', async () => {
    const { headers } = await get('1', 'reference=SignedInfo');
    assert.equal(headers.get('content-type'), 'text/xml; charset=utf-8');
    assert.match(headers.get('content-security-policy') ?? '', /sandbox/);
    assert.match(headers.get('content-disposition') ?? '', /^attachment/);
  });

  it('says which there are where there is no such one', async () => {
    const first = references()[0]?.id ?? '';
    for (const [path, told] of [
      [
        '1/octets?reference=none',
        new RegExp(`no reference none in exchange 1; it has #${first}, .*SignedInfo`),
      ],
      ['1/octets?reference=0', /no reference 0/],
      ['1/octets', /names none of exchange 1; it has #/],
      [`1/octets?reference=${'x'.repeat(5000)}`, /no reference x+… \(5000 characters\)/],
      ['2/octets?reference=1', /exchange 2 has no SOAP message/],
      [
        '3/octets?reference=1',
        /exchange 3 \(rest.*\) is one of REST: .* nothing in them is signed; its bytes are at \/journal\/3\/message\?side=request/,
      ],
      ['5/octets?reference=1', /exchange 5 \(jobnet\) is protected by TLS alone/],
      ['9/octets?reference=1', /no exchange 9/],
    ] as const)
      assertProblem(await control(arena.emulator.url, 'GET', `/journal/${path}`), 404, told);
  });
});
