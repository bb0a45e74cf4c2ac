// Following the changes of the register: page by page, and while others write. Nobody is missed, nobody is told as he was.

import assert from 'node:assert/strict';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { control, startRunning } from '../../running.ts';
import { synthetic } from '../../seeds/synthetic.ts';
import { ask, personsIn } from './calling.ts';

const PAGE = 1000;

describe('who follows the changes', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  const from = async (number: number) => {
    const answer = await ask(emulator, 'HentEndringer', {
      fraEndringsNummer: String(number),
      informasjonsbehov: 'Person',
    });
    const { tilEndringsNummer, senesteEndringsNummer } = answer.payload.attributes;
    return {
      persons: personsIn(answer),
      to: Number(tilEndringsNummer),
      last: Number(senesteEndringsNummer),
    };
  };

  /** Everything from a number on, page by page, until there is no more. */
  const follow = async (
    number: number,
    see: (person: Record<string, string>) => void,
    more = () => false,
  ): Promise<number[]> => {
    const sizes: number[] = [];
    let next = number;
    for (;;) {
      const goOn = more();
      const { persons, to, last } = await from(next);
      sizes.push(persons.length);
      persons.forEach(see);
      assert.ok(to <= last);
      if (persons.length < PAGE) assert.equal(to, last);
      next = to + 1;
      if (to === last && !goOn) return sizes;
    }
  };

  it('gets pages of a thousand, each person once, and the next page goes on after the last', async () => {
    await emulator.reset({ seed: 'none' });
    const ids = synthetic(2 * PAGE + 300);
    const { http } = await control(emulator.url, 'POST', '/seed', { persons: ids.map((id) => ({ id })) });
    assert.equal(http, 200);
    const seen: string[] = [];
    const sizes = await follow(0, ({ personidentifikator = '' }) => seen.push(personidentifikator));
    assert.deepEqual(sizes, [PAGE, PAGE, 300]);
    assert.deepEqual(seen, ids);
    for (const id of ids.slice(0, 3))
      await control(emulator.url, 'PUT', `/persons/no/${id}`, { reservert: true });
    const again: string[] = [];
    assert.deepEqual(
      await follow(0, ({ personidentifikator = '' }) => again.push(personidentifikator)),
      sizes,
    );
    assert.deepEqual(again, [...ids.slice(3), ...ids.slice(0, 3)]);
    const exact = await from(2 * PAGE + 300 + 1);
    assert.deepEqual([exact.persons.length, exact.to], [3, exact.last]);
  }).timeout(60_000);

  it('misses nothing that eight others write meanwhile, and knows in the end what is there', async () => {
    await emulator.reset({ seed: 'none' });
    const ids = synthetic(40);
    const known = new Map<string, string>();
    let writing = true;
    const following = follow(
      0,
      ({ personidentifikator = '', reservasjon = '', status = '' }) => {
        known.set(personidentifikator, `${status} ${reservasjon}`);
      },
      () => writing,
    );
    const write = async (writer: number): Promise<void> => {
      for (let round = 0; round < 25; round += 1) {
        const id = ids[(writer * 7 + round * 3) % ids.length] ?? '';
        const [method, body] =
          round % 9 === 8
            ? (['DELETE'] as const)
            : (['PUT', { reservert: (writer + round) % 2 === 0 }] as const);
        const { http } = await control(emulator.url, method, `/persons/no/${id}`, body);
        assert.ok(http < 300 || (method === 'DELETE' && http === 404));
      }
    };
    try {
      await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
    } finally {
      writing = false;
    }
    await following;
    const { json } = await control(emulator.url, 'GET', '/persons');
    const there = (json as { persons: { id: string; status: string; reservert: boolean }[] }).persons;
    assert.deepEqual(
      Object.fromEntries([...known].sort()),
      Object.fromEntries(
        there.map(({ id, status, reservert }) => [id, `${status} ${reservert ? 'JA' : 'NEI'}`]).sort(),
      ),
    );
  }).timeout(60_000);
});
