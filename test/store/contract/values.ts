// Single values: known without waiting, and only as they were committed.

import assert from 'node:assert/strict';
import { type Engine, isConflict } from '../../../src/store/engine.ts';
import { list, persons } from './tables.ts';
import { accepted, writing, written } from './verbs.ts';

export const valuesHold = (engine: () => Engine): void => {
  const version = (): number | undefined => engine().value('t_cities')?.version;

  it('are what they are said to be while none was put', () => {
    assert.deepEqual(list.current(engine()), ['none yet']);
    assert.equal(engine().value('t_cities'), undefined);
  });

  it('stay the same object until another is put, with a higher version each time', async () => {
    await written(engine(), list.put(['Oslo']));
    const [first, before] = [list.current(engine()), version()];
    assert.deepEqual(first, ['Oslo']);
    await written(engine(), persons.save({ id: 'a' }));
    assert.equal(list.current(engine()), first);
    assert.equal(version(), before);
    await written(engine(), list.put(['Oslo']));
    assert.notEqual(list.current(engine()), first);
    assert.deepEqual(list.current(engine()), first);
    assert.ok((version() ?? 0) > (before ?? 0));
  });

  it('count after the commit', async () => {
    await written(engine(), list.put(['Oslo']));
    const { durable } = accepted(await engine().change(writing(list.put(['Bergen']))));
    const meanwhile = list.current(engine());
    assert.equal(await durable, undefined);
    assert.deepEqual(list.current(engine()), ['Bergen']);
    assert.ok(['Oslo', 'Bergen'].includes(meanwhile[0] ?? ''));
  });

  it('are found by a change as those before it left them, committed or not', async () => {
    assert.deepEqual(((await engine().read(list.find())) as { result: unknown }).result, ['none yet']);
    const cities = ['Oslo', 'Bergen', 'Tromsø', 'Bodø'];
    await Promise.all(
      cities.map(async (city) => {
        const made = await engine().change({
          load: list.find(),
          decide: (before) => ({ result: undefined, writes: [list.put([...before, city])] }),
        });
        assert.equal(await accepted(made).durable, undefined);
      }),
    );
    assert.deepEqual(list.current(engine()).toSorted(), ['none yet', ...cities].toSorted());
  });

  it('never count where they were undone', async () => {
    await written(engine(), list.put(['Oslo']), persons.save({ id: 'owner', former: 'x' }));
    const before = list.current(engine());
    const undone = writing(list.put(['Bergen']), persons.save({ id: 'b', former: 'x' }));
    const [failed] = await Promise.all([
      engine().change(undone),
      written(engine(), persons.save({ id: 'c' })),
    ]);
    assert.ok(isConflict(failed));
    assert.equal(list.current(engine()), before);
  });

  it('are the last of those that are put together', async () => {
    await Promise.all([
      written(engine(), list.put(['Oslo']), list.put(['Bergen'])),
      written(engine(), persons.save({ id: 'a' })),
    ]);
    assert.deepEqual(list.current(engine()), ['Bergen']);
  });
};
