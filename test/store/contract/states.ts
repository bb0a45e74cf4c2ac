// States: what goes in comes out, by id and by key, in the order in which it came.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Engine } from '../../../src/store/engine.ts';
import { emptied, together } from '../../../src/store/tables.ts';
import { type Person, persons } from './tables.ts';
import { found, made, times, writing, written } from './verbs.ts';

/** Any text that a key may be: whole characters, and none that ends a text. */
const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
const optional = (value: fc.Arbitrary<string>) => fc.option(value, { nil: undefined });
const people = fc.uniqueArray(
  fc.record({
    id: text,
    former: optional(text),
    city: optional(fc.constantFrom('Oslo', 'oslo', 'Ærø', 'A\u030arhus', 'Århus', '')),
    // Halves of characters too: the text of a state carries whatever a program can hold.
    note: optional(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\0\ud800'))),
    count: fc.option(fc.maxSafeInteger(), { nil: undefined }),
  }),
  {
    maxLength: 20,
    comparator: (one, other) =>
      one.id === other.id || (one.former !== undefined && one.former === other.former),
  },
);
const plain = (person: object): unknown => JSON.parse(JSON.stringify(person));

export const statesHold = (engine: () => Engine): void => {
  const save = (person: Person) => persons.save(person);
  const ids = async (): Promise<string[]> =>
    (await found(engine(), persons.page(1000))).states.map(({ id }) => id);

  it('come out as they went in, by id and by every key', async () => {
    const property = fc.asyncProperty(people, async (all) => {
      await written(engine(), emptied(persons), ...all.map(save));
      assert.equal(await found(engine(), persons.count()), all.length);
      for (const person of all) {
        assert.deepEqual(plain((await found(engine(), persons.find(person.id))) ?? {}), plain(person));
        if (person.former !== undefined) {
          const query = persons.findBy('former', person.former);
          assert.equal((await found(engine(), query))?.id, person.id);
        }
        if (person.city === undefined) continue;
        assert.deepEqual(
          (await found(engine(), persons.all('city', person.city))).map(({ id }) => id),
          all.filter(({ city }) => city === person.city).map(({ id }) => id),
        );
      }
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it('are found by id before they are found by a key, and by neither where there is none', async () => {
    await written(engine(), save({ id: 'a', former: 'b' }), save({ id: 'b', former: 'c' }));
    for (const [asked, expected] of [
      ['a', 'a'],
      ['b', 'b'],
      ['c', 'b'],
      ['d', undefined],
    ] as const)
      assert.equal((await found(engine(), persons.find(asked, 'former')))?.id, expected);
    assert.equal(await found(engine(), persons.find('c')), undefined);
    await assert.rejects(engine().read(persons.findBy('nothing of the sort', 'a')));
  });

  it('of several megabytes come out whole', async () => {
    const note = 'æ'.repeat(2 ** 22);
    await written(engine(), save({ id: 'large', note }));
    assert.ok((await found(engine(), persons.find('large')))?.note === note);
  });

  it('are replaced where they stand, and come last when they were removed between', async () => {
    await written(engine(), ...['a', 'b', 'c'].map((id) => save({ id, city: 'Oslo' })));
    await written(engine(), save({ id: 'a', count: 2 }));
    assert.deepEqual(await ids(), ['a', 'b', 'c']);
    assert.deepEqual(await found(engine(), persons.find('a')), { id: 'a', count: 2 });
    assert.deepEqual(
      (await found(engine(), persons.all('city', 'Oslo'))).map(({ id }) => id),
      ['b', 'c'],
    );
    await written(engine(), persons.remove('b'), persons.remove('nobody'));
    await written(engine(), save({ id: 'b' }));
    assert.deepEqual(await ids(), ['a', 'c', 'b']);
  });

  it('take a key that another one gave up, in one decision too', async () => {
    await written(engine(), save({ id: 'a', former: 'x' }));
    await written(engine(), persons.remove('a'), save({ id: 'b', former: 'x' }));
    await written(engine(), save({ id: 'b' }), save({ id: 'c', former: 'x' }));
    assert.equal((await found(engine(), persons.findBy('former', 'x')))?.id, 'c');
  });

  it('of several queries are of one moment', async () => {
    await written(engine(), save({ id: 'a', count: 0 }), save({ id: 'b', count: 0 }));
    const both = together(persons.find('a'), together(persons.find('b'), persons.count()));
    const moved = times(20, (index) =>
      made(engine(), writing(save({ id: 'a', count: index }), save({ id: 'b', count: -index }))),
    );
    const looks = await Promise.all(times(20, () => found(engine(), both)));
    await Promise.all(moved);
    for (const [a, [b, count]] of looks) {
      assert.equal(count, 2);
      assert.equal((a?.count ?? 0) + (b?.count ?? 0), 0);
    }
  });

  it('that two writers change are seen by each as the other left them', async () => {
    await written(engine(), save({ id: 'a', count: 0 }));
    const results = await Promise.all(
      times(50, () =>
        made(engine(), {
          load: persons.find('a'),
          decide: (before) => {
            const count = (before?.count ?? 0) + 1;
            return { result: count, writes: [save({ id: 'a', count })] };
          },
        }),
      ),
    );
    assert.deepEqual(
      results.sort((one, other) => one - other),
      times(50, (index) => index + 1),
    );
    assert.deepEqual(await found(engine(), persons.find('a')), { id: 'a', count: 50 });
  });
};
