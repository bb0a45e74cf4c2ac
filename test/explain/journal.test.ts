// An exchange of the journal is explained: by what it was judged by then, with person numbers hidden.

import assert from 'node:assert/strict';
import type { Explained } from '../../src/explain/explained.ts';
import { type Arena, openArena, PERSON } from '../attacks/arena.ts';
import { assertProblem } from '../control/replies.ts';
import { control } from '../running.ts';
import { assertDocument } from './shape.ts';

describe('GET /journal/{id}/explanation', () => {
  let arena: Arena;
  const explained = async (message: string, query = ''): Promise<Explained> => {
    await arena.post(message);
    const { json } = await control(arena.emulator.url, 'GET', '/journal?limit=1');
    const [entry] = (json as { entries: { number: number }[] }).entries;
    const found = await control(arena.emulator.url, 'GET', `/journal/${entry?.number}/explanation${query}`);
    const explained = found.json as Explained;
    assertDocument(explained);
    return explained;
  };
  const causesOf = ({ causes }: Explained): string[] => causes.map(({ cause }) => cause);

  before(async () => {
    arena = await openArena({ profile: 'observed' });
  });
  after(() => arena.emulator.close());

  it('says of a message that was accepted that nothing is wrong', async () => {
    const { verdict, causes, references, signature, certificate } = await explained(arena.message());
    assert.deepEqual([verdict, causes], ['accepted', []]);
    assert.deepEqual(
      references.map(({ uri, digest }) => [uri, digest.right]),
      [
        ['#TS', true],
        ['#Body', true],
      ],
    );
    assert.deepEqual([signature?.right, certificate?.missing], [true, null]);
    assert.match(references[1]?.octets?.text ?? '', /<m:personidentifikator>128384\*{5}</);
  });

  it('proves what was done to one that was refused', async () => {
    const found = await explained(arena.message().replace(PERSON, `${PERSON} `));
    assert.equal(found.problem, 'security.digest');
    assert.deepEqual(causesOf(found), ['text-changed']);
    const [{ certain, where, evidence } = assert.fail('no cause')] = found.causes;
    assert.equal(certain, true);
    assert.deepEqual(where, ['/Envelope/Body']);
    assert.match(evidence.difference?.arrived ?? '', /128384\*{5}·</);
  });

  it('hides a number that was parted, and one of which the difference shows a part', async () => {
    const parted = arena.message().replace(PERSON, `${PERSON.slice(0, 6)} ${PERSON.slice(6)}`);
    const cut = arena.message({ payload: arena.payload.replace('kari.testesen#1234', 'ab') });
    for (const message of [
      parted.replace('><m:', '>\n<m:'),
      cut.replace('</m:personidentifikator>', '</m:personidentifikator>\n'),
      cut.replace('<m:postkasseadresse>', '<m:postkasseadresse a="1">'),
    ]) {
      const { certificate, ...rest } = await explained(message);
      // The serial number has forty digits by chance.
      const text = JSON.stringify([rest, { ...certificate, serial: '' }]);
      assert.doesNotMatch(text, /10985|8410985/);
    }
  });

  it('shows the number of a person to the same machine that asks for it', async () => {
    const { causes } = await explained(arena.message().replace(PERSON, `${PERSON} `), '?unmasked=true');
    assert.match(causes[0]?.evidence.difference?.arrived ?? '', /12838410985·</);
  });

  it('judges by the time of then', async () => {
    const message = arena.message().replace('><m:', '>\n<m:');
    await arena.post(message);
    const [entry] = arena.emulator.journal.list();
    await control(arena.emulator.url, 'PUT', '/clock', { advance: 'P1D', of: 'security' });
    const { json } = await control(arena.emulator.url, 'GET', `/journal/${entry?.number}/explanation`);
    await control(arena.emulator.url, 'PUT', '/clock', { real: true, of: 'both' });
    assert.deepEqual(causesOf(json as Explained), ['whitespace-added']);
  });

  it('tells a refusal of the schema or of the register by its own reason', async () => {
    const { verdict, problem, causes } = await explained(
      arena.message({
        payload: arena.payload
          .replace('postkasseadresse', 'postkasseadressa')
          .replace('/m:postkasseadresse', '/m:postkasseadressa'),
      }),
    );
    assert.equal(verdict, 'refused');
    assert.match(problem ?? '', /^schema\.|^xml\./);
    assert.equal(causes.length, 1);
  });

  it('says of bytes that are no message what they are', async () => {
    const found = await explained('<html><body>hello</body></html>');
    assert.equal(found.verdict, 'refused');
    assert.equal(found.causes.length, 1);
  });

  it('is 404 where there is no such exchange', async () => {
    const reply = await control(arena.emulator.url, 'GET', '/journal/99999/explanation');
    assertProblem(reply, 404, /no exchange 99999/);
  });
});
