// States by the numbers of their last changes: who follows them misses none, and each is told once, as it is now.

import assert from 'node:assert/strict';
import type { Engine } from '../../../src/store/engine.ts';
import { emptied, together } from '../../../src/store/tables.ts';
import { changes, type Person, persons } from './tables.ts';
import { found, made, times, writing, written } from './verbs.ts';

export const changesHold = (engine: () => Engine): void => {
  const save = (person: Person) => persons.save(person, changes.entry(0, { text: person.id }));
  const from = async (number: number, limit = 1000): Promise<string[]> =>
    (await found(engine(), persons.changed(number, limit))).map(
      ({ state, number: at }) => `${at} ${state.id}`,
    );

  it('are told from a number on, itself included, in the order of their last changes', async () => {
    await written(engine(), ...['a', 'b', 'c'].map((id) => save({ id })));
    assert.deepEqual(await from(0), ['1 a', '2 b', '3 c']);
    assert.deepEqual(await from(2), ['2 b', '3 c']);
    await written(engine(), save({ id: 'a', note: 'later' }));
    assert.deepEqual(await from(1), ['2 b', '3 c', '4 a']);
    assert.deepEqual(await from(4), ['4 a']);
    assert.deepEqual(await from(5), []);
    assert.deepEqual(await from(Number.MAX_SAFE_INTEGER), []);
    const [{ state } = assert.fail('nobody')] = await found(engine(), persons.changed(4, 1));
    assert.equal(state.note, 'later');
  });

  it('are as many as are wanted, and go on after the last number', async () => {
    await written(engine(), ...times(7, (index) => save({ id: `p${index}` })));
    const pages: string[] = [];
    for (let next = 0; ; ) {
      const page = await found(engine(), persons.changed(next, 3));
      pages.push(page.map(({ state }) => state.id).join(' '));
      if (page.length < 3) break;
      next = (page.at(-1)?.number ?? 0) + 1;
    }
    assert.deepEqual(pages, ['p0 p1 p2', 'p3 p4 p5', 'p6']);
  });

  it('keep their number where a state is saved without a change, and have none where it never changed', async () => {
    await written(engine(), save({ id: 'a' }), persons.save({ id: 'b' }));
    await written(engine(), persons.save({ id: 'a', note: 'silent' }));
    assert.deepEqual(await from(0), ['1 a']);
  });

  it('are not told after they were removed, and begin again where the log was emptied', async () => {
    await written(engine(), save({ id: 'a' }), save({ id: 'b' }), persons.remove('a'));
    assert.deepEqual(await from(0), ['2 b']);
    await written(engine(), emptied(persons), emptied(changes), save({ id: 'c' }));
    assert.deepEqual(await from(0), ['1 c']);
  });

  it('are of one snapshot with the last number, also of what is not stored yet', async () => {
    const both = together(persons.changed(0, 1000), changes.last());
    const writers = times(50, (index) => made(engine(), writing(save({ id: `p${index % 7}` }))));
    const readers = times(50, () => found(engine(), both));
    await Promise.all(writers);
    for (const [all, last] of await Promise.all(readers)) assert.equal(all.at(-1)?.number ?? 0, last);
  });

  it('are each in its place where several are asked for by id, those that are not there too', async () => {
    await written(engine(), save({ id: 'a' }), save({ id: 'b' }));
    const all = await found(engine(), persons.each(['b', 'x', 'a', 'b']));
    assert.deepEqual(
      all.map((person) => person?.id),
      ['b', undefined, 'a', 'b'],
    );
    assert.deepEqual(await found(engine(), persons.each([])), []);
  });
};
