// Lists in pages while the register changes: who stays is seen once, and of a list that was emptied it is known.

import assert from 'node:assert/strict';
import type { Engine } from '../../../src/store/engine.ts';
import { emptied, type Page } from '../../../src/store/tables.ts';
import { type Person, persons } from './tables.ts';
import { found, times, written } from './verbs.ts';

const SIZE = 7;
const COUNT = 3 * SIZE + 2;
const ids = times(COUNT, (index) => `person ${String(index).padStart(2, '0')}`);

export const pagesHold = (engine: () => Engine): void => {
  const page = (after?: string | number, limit = SIZE): Promise<Page<Person>> =>
    found(engine(), persons.page(limit, after));
  const idsOf = ({ states }: Page<Person>): string[] => states.map(({ id }) => id);
  const add = (...added: readonly string[]) => written(engine(), ...added.map((id) => persons.save({ id })));

  beforeEach(() => add(...ids));

  it('has everybody once and in order, in pages of a fixed size', async () => {
    const sizes: number[] = [];
    const seen: string[] = [];
    let one = await page();
    while (one.states.length > 0) {
      sizes.push(one.states.length);
      seen.push(...idsOf(one));
      one = await page(one.place);
    }
    assert.deepEqual(sizes, [SIZE, SIZE, SIZE, 2]);
    assert.deepEqual(seen, ids);
  });

  it('goes on after anybody, from the beginning after nobody, and ends where it ended', async () => {
    assert.deepEqual(idsOf(await page(ids[2])), ids.slice(3, 3 + SIZE));
    assert.deepEqual(idsOf(await page('nobody', 2)), ids.slice(0, 2));
    assert.deepEqual(idsOf(await page(ids.at(-1))), []);
    const { place } = await page(0, COUNT);
    const end = await page(place);
    assert.deepEqual([idsOf(end), end.place], [[], place]);
    await add('later');
    assert.deepEqual(idsOf(await page(end.place)), ['later']);
  });

  it('goes on where it was when the last one seen, and others, are removed, and others come', async () => {
    const seen: string[] = [];
    const gone = new Set<string>();
    let one = await page();
    for (let round = 0; one.states.length > 0; round += 1) {
      seen.push(...idsOf(one));
      const removed = [one.states.at(-1)?.id, one.states[0]?.id, ids[seen.length + 3]];
      for (const id of removed) {
        if (id === undefined) continue;
        await written(engine(), persons.remove(id));
        gone.add(id);
      }
      if (round < 3) await add(`later ${round}`);
      one = await page(one.place);
    }
    assert.equal(new Set(seen).size, seen.length);
    const stayed = ids.filter((id) => !gone.has(id));
    assert.deepEqual(
      seen.filter((id) => stayed.includes(id)),
      stayed,
    );
  });

  it('tells that it was emptied, and how often, whoever came back since', async () => {
    const before = await page();
    await written(engine(), emptied(persons), ...ids.map((id) => persons.save({ id })));
    assert.equal((await page(before.place)).emptied, before.emptied + 1);
    await written(engine(), emptied(persons));
    assert.equal((await page()).emptied, before.emptied + 2);
    await written(engine(), persons.save({ id: 'a' }), persons.remove('a'));
    assert.equal((await page()).emptied, before.emptied + 2);
  });
};
