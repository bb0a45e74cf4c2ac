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
  const octets = async (query: string): Promise<Buffer> => {
    const response = await get('1', query);
    assert.equal(response.status, 200, query);
    return Buffer.from(await response.arrayBuffer());
  };
  const references = (): { id: string; digest: string }[] =>
    [...message.matchAll(/<(?:\w+:)?Reference URI="#([^"]+)".*?<(?:\w+:)?DigestValue>([^<]+)</gs)].map(
      ([, id = '', digest = '']) => ({ id, digest }),
    );

  before(async () => {
    arena = await openArena({ profile: 'observed' });
    message = arena.message();
    await arena.post(message);
    await arena.post('<a/>');
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
      ['9/octets?reference=1', /no exchange 9/],
    ] as const)
      assertProblem(await control(arena.emulator.url, 'GET', `/journal/${path}`), 404, told);
  });
});
