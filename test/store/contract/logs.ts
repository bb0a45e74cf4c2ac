// Logs: numbers without gaps in the order of commits, and no more rows than are wanted.

import assert from 'node:assert/strict';
import { type Engine, isConflict } from '../../../src/store/engine.ts';
import { emptied } from '../../../src/store/tables.ts';
import { changes, few, persons, RECENT, recent } from './tables.ts';
import { found, made, times, writing, written } from './verbs.ts';

export const logsHold = (engine: () => Engine): void => {
  const append = (text: string, at = 0) => changes.append(at, { text });
  const rows = async (): Promise<string[]> =>
    (await found(engine(), changes.rows({ limit: 1000 }))).map(({ id, text }) => `${id} ${text}`);
  const recentIds = async (): Promise<number[]> =>
    (await found(engine(), recent.rows({ limit: 100 }))).map(({ id }) => id);

  it('number their rows from 1, and the number is in the order of what was decided', async () => {
    await Promise.all(
      times(30, () =>
        made(engine(), {
          load: persons.find('a'),
          decide: (before) => {
            const count = (before?.count ?? 0) + 1;
            const entry = changes.entry(0, { text: `${count}` });
            return { result: undefined, writes: [persons.save({ id: 'a', count }, entry)] };
          },
        }),
      ),
    );
    assert.deepEqual(
      await rows(),
      times(30, (index) => `${30 - index} ${30 - index}`),
    );
    assert.equal(await found(engine(), changes.last()), 30);
  });

  it('leave no gap where a member of the same moment failed', async () => {
    await written(engine(), persons.save({ id: 'owner', former: 'x' }), append('1'));
    const [, failed] = await Promise.all([
      made(engine(), writing(append('before'))),
      engine().change(
        writing(append('undone'), append('undone too'), persons.save({ id: 'b', former: 'x' })),
      ),
      made(engine(), writing(append('after'))),
    ]);
    assert.ok(isConflict(failed));
    const all = await rows();
    assert.deepEqual(
      all.map((row) => row.split(' ')[0]),
      ['3', '2', '1'],
    );
    assert.deepEqual(all.map((row) => row.split(' ')[1]).sort(), ['1', 'after', 'before']);
  });

  it('are numbered each by itself, several rows of one decision too', async () => {
    await written(engine(), append('a'), recent.append(0, { text: 'b' }), append('c'));
    await written(engine(), recent.append(0, { text: 'd' }));
    assert.deepEqual(await rows(), ['2 c', '1 a']);
    assert.deepEqual(await recentIds(), [2, 1]);
  });

  it('begin again with 1 when they are emptied, also in the middle of a decision', async () => {
    await written(engine(), append('a'), append('b'));
    await written(engine(), emptied(changes));
    assert.equal(await found(engine(), changes.last()), 0);
    await written(engine(), append('c'));
    await written(engine(), append('d'), emptied(changes), append('e'));
    assert.deepEqual(await rows(), ['1 e']);
  });

  it('tell the newest rows between two numbers, with their time', async () => {
    await written(engine(), ...times(9, (index) => append(`${index + 1}`, 1_700_000_000_000 + index)));
    const ids = async (part: Parameters<typeof changes.rows>[0]) =>
      (await found(engine(), changes.rows(part))).map(({ id }) => id);
    assert.deepEqual(await ids({ limit: 3 }), [9, 8, 7]);
    assert.deepEqual(await ids({ limit: 100, after: 6 }), [9, 8, 7]);
    assert.deepEqual(await ids({ limit: 2, before: 5 }), [4, 3]);
    assert.deepEqual(await ids({ limit: 100, after: 2, before: 5 }), [4, 3]);
    assert.deepEqual(await ids({ limit: 100, after: 9 }), []);
    const [last] = await found(engine(), changes.rows({ limit: 1 }));
    assert.deepEqual(last, { id: 9, at: 1_700_000_000_008, text: '9' });
  });

  it('keep as many rows as are wanted, and go on counting', async () => {
    for (let at = 0; at < 25; at += 1) await written(engine(), recent.append(at, { text: '' }));
    assert.deepEqual(
      await recentIds(),
      times(RECENT.rows, (index) => 25 - index),
    );
    await written(engine(), ...times(30, () => recent.append(25, { text: '' })));
    assert.deepEqual(
      await recentIds(),
      times(RECENT.rows, (index) => 55 - index),
    );
    assert.equal(await found(engine(), recent.last()), 55);
  });

  it('keep rows as long as is wanted, counted from the newest', async () => {
    for (const at of [0, 1, 500]) await written(engine(), recent.append(at, { text: '' }));
    await written(engine(), recent.append(RECENT.age, { text: '' }));
    assert.deepEqual(await recentIds(), [4, 3, 2, 1]);
    await written(engine(), recent.append(RECENT.age + 2, { text: '' }));
    assert.deepEqual(await recentIds(), [5, 4, 3]);
  });

  it('keep rows for ever where no age is set', async () => {
    await written(engine(), ...times(5, (at) => few.append(at, { text: '' })));
    await written(engine(), few.append(Number.MAX_SAFE_INTEGER, { text: '' }));
    assert.deepEqual(
      (await found(engine(), few.rows({ limit: 10 }))).map(({ id }) => id),
      [6, 5, 4],
    );
  });

  it('forget nothing for a row that was undone', async () => {
    await written(engine(), persons.save({ id: 'owner', former: 'x' }), recent.append(0, { text: '' }));
    const undone = writing(
      recent.append(10 * RECENT.age, { text: '' }),
      persons.save({ id: 'b', former: 'x' }),
    );
    const [, failed] = await Promise.all([
      made(engine(), writing(recent.append(1, { text: '' }))),
      engine().change(undone),
    ]);
    assert.ok(isConflict(failed));
    assert.deepEqual(await recentIds(), [2, 1]);
  });
};
