// A decision counts as a whole or not at all, and what it returns is what it was asked about.

import assert from 'node:assert/strict';
import { type Engine, isConflict, type Once, type Work, type Write } from '../../../src/store/engine.ts';
import { keyOf, nothing, together } from '../../../src/store/tables.ts';
import { changes, list, persons, recent, tokens } from './tables.ts';
import { accepted, found, made, times, writing, written } from './verbs.ts';

const TAKEN = 'belongs to somebody';

export const decisionsHold = (engine: () => Engine): void => {
  const once: Once = { table: tokens.name, key: keyOf('a'), until: 100, now: 0 };
  const everything = (last: Write): Work<undefined, undefined> => ({
    load: nothing,
    once,
    decide: () => ({
      result: undefined,
      writes: [
        persons.save({ id: 'new' }, changes.entry(1, { text: 'of new' })),
        persons.remove('old'),
        recent.append(1, { text: 'told' }),
        list.put(['Bergen']),
        last,
      ],
    }),
  });
  const untouched = async (): Promise<void> => {
    const both = together(persons.page(10), together(changes.last(), recent.rows({ limit: 10 })));
    const [{ states }, [last, rows]] = await found(engine(), both);
    assert.deepEqual(
      states.map(({ id }) => id),
      ['old', 'owner'],
    );
    assert.deepEqual([last, rows], [0, []]);
    assert.deepEqual(list.current(engine()), ['none yet']);
  };

  beforeEach(() =>
    written(engine(), persons.save({ id: 'old' }), persons.save({ id: 'owner', former: TAKEN })),
  );

  it('leave nothing where the last write conflicts: no state, no number, no row, no value, no key', async () => {
    const answer = await engine().change(everything(persons.save({ id: 'late', former: TAKEN })));
    assert.ok(isConflict(answer));
    assert.match(answer.conflict, /^[^\n]+$/);
    await untouched();
    const seen = await made(engine(), {
      load: changes.last(),
      once,
      decide: (last, before) => ({
        result: [last, before],
        writes: [persons.save({ id: 'later' }, changes.entry(2, { text: 'of later' }))],
      }),
    });
    assert.deepEqual(seen, [0, false]);
    assert.deepEqual(await found(engine(), changes.rows({ limit: 10 })), [
      { id: 1, at: 2, text: 'of later' },
    ]);
  });

  it('leave nothing where they throw, and whoever came at the same time is not concerned', async () => {
    const answers = [
      engine().change(writing(persons.save({ id: 'a' }))),
      engine().change({ ...everything(list.put([])), decide: () => assert.fail('a defect') }),
      engine().change(writing(persons.save({ id: 'b' }, changes.entry(1, { text: 'of b' })))),
    ] as const;
    await assert.rejects(answers[1], /a defect/);
    for (const answer of [answers[0], answers[2]])
      assert.equal(await accepted(await answer).durable, undefined);
    await written(engine(), persons.remove('a'), persons.remove('b'));
    assert.equal(await found(engine(), changes.last()), 1);
    assert.equal(
      await made(engine(), { load: nothing, once, decide: (_, seen) => ({ result: seen }) }),
      false,
    );
  });

  it('of many at the same time are made but for those that conflict', async () => {
    const answers = await Promise.all(
      times(20, (index) =>
        engine().change(
          writing(
            persons.save({ id: `${index}` }, changes.entry(index, { text: `${index}` })),
            persons.save({ id: `${index} too`, ...(index % 3 === 0 ? { former: TAKEN } : {}) }),
          ),
        ),
      ),
    );
    for (const [index, answer] of answers.entries()) {
      if (index % 3 === 0) assert.ok(isConflict(answer));
      else assert.equal(await accepted(answer).durable, undefined);
    }
    const rows = await found(engine(), changes.rows({ limit: 100 }));
    assert.deepEqual(
      rows.map(({ id }) => id),
      times(13, (index) => 13 - index),
    );
    assert.equal(await found(engine(), persons.count()), 2 + 2 * 13);
  });

  it('tell what they found and write nothing where they have nothing to write', async () => {
    const work: Work<unknown, string> = {
      load: together(persons.find('owner'), persons.find('nobody')),
      decide: (loaded) => ({ result: JSON.stringify(loaded) }),
    };
    assert.equal(await made(engine(), work), JSON.stringify([{ id: 'owner', former: TAKEN }, null]));
    await untouched();
  });

  it('see what came before them in the same moment, and reads do, with the word when it is stored', async () => {
    const change = engine().change(writing(persons.save({ id: 'new', count: 1 })));
    const read = engine().read(persons.find('new'));
    const [changed, seen] = [accepted(await change), accepted<{ count?: number } | undefined>(await read)];
    const stored: string[] = [];
    void changed.durable.then(() => stored.push('change'));
    if (seen.result !== undefined) {
      await seen.durable;
      assert.deepEqual(stored, ['change']);
    }
    assert.equal(await changed.durable, undefined);
    assert.equal((await found(engine(), persons.find('new')))?.count, 1);
  });
};
