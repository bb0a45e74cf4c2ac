// A long change has the register to itself: all of it or nothing, and whoever comes meanwhile is told so and heard.

import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type Engine, isConflict, isLoss, type Loss, type Write } from '../../../src/store/engine.ts';
import { emptied, together } from '../../../src/store/tables.ts';
import { changes, list, persons } from './tables.ts';
import { found, MEANWHILE, times, writing, written } from './verbs.ts';

/** As many writes as no engine makes without hearing others. */
const STEP: readonly Write[] = times(1000, () => list.put(['under way']));

export const longChangesHold = (engine: () => Engine): void => {
  const ids = async (): Promise<string[]> =>
    (await found(engine(), persons.page(5000))).states.map(({ id }) => id);
  const passing = (loss: Loss | undefined): void => {
    assert.deepEqual(loss, { loss: MEANWHILE, passes: true });
  };
  /** A long change that goes on until it is told to end. */
  const long = (...first: readonly Write[]) => {
    let over = false;
    const ended = engine().exclusive(MEANWHILE, function* () {
      yield first;
      do yield STEP;
      while (!over);
    });
    return {
      ended,
      end: () => {
        over = true;
        return ended;
      },
    };
  };

  it('is made as a whole, with rows and values, and counts when it has ended', async () => {
    await written(engine(), persons.save({ id: 'before' }, changes.entry(0, { text: 'before' })));
    const answer = await engine().exclusive(MEANWHILE, function* () {
      yield [emptied(persons), emptied(changes)];
      for (let one = 0; one < 30; one += 1)
        yield times(100, (index) => {
          const id = `${100 * one + index}`;
          return persons.save({ id }, changes.entry(1, { text: id }));
        });
      yield [list.put(['Oslo'])];
    });
    assert.equal(answer, undefined);
    assert.deepEqual(
      await ids(),
      times(3000, (index) => `${index}`),
    );
    assert.equal(await found(engine(), changes.last()), 3000);
    assert.deepEqual(list.current(engine()), ['Oslo']);
  });

  it('tells whoever would change or read that it passes, and nothing of it is seen', async () => {
    await written(engine(), persons.save({ id: 'before' }), list.put(['Oslo']));
    const { end } = long(persons.save({ id: 'long' }), list.put(['Bergen']));
    for (let turn = 0; turn < 3; turn += 1) {
      passing(engine().hindrance());
      for (const answer of [
        await engine().change(writing(persons.save({ id: 'between' }))),
        await engine().read(persons.count()),
      ]) {
        assert.ok(isLoss(answer));
        passing(answer);
      }
      assert.deepEqual(list.current(engine()), ['Oslo']);
      await setImmediate();
    }
    assert.equal(await end(), undefined);
    assert.equal(engine().hindrance(), undefined);
    await written(engine(), persons.save({ id: 'after' }));
    assert.deepEqual(await ids(), ['before', 'long', 'after']);
    assert.deepEqual(list.current(engine()), ['under way']);
  });

  it('comes after the changes that came before it, and before those that come after', async () => {
    const before = written(engine(), persons.save({ id: 'a' }));
    const { end } = long(persons.save({ id: 'b' }));
    await before;
    await end();
    await written(engine(), persons.save({ id: 'c' }));
    assert.deepEqual(await ids(), ['a', 'b', 'c']);
  });

  it('waits for another one, in the order in which they came', async () => {
    const first = long(persons.save({ id: 'a' }));
    const rest = ['b', 'c'].map((id) => engine().exclusive(MEANWHILE, () => [[persons.save({ id })]]));
    await setImmediate();
    await first.end();
    assert.deepEqual(await Promise.all(rest), [undefined, undefined]);
    assert.deepEqual(await ids(), ['a', 'b', 'c']);
  });

  it('leaves nothing where a step fails', async () => {
    await written(engine(), persons.save({ id: 'before' }), list.put(['Oslo']));
    const failing = engine().exclusive(MEANWHILE, function* () {
      yield [emptied(persons), persons.save({ id: 'a' }, changes.entry(0, { text: 'a' })), list.put([])];
      yield STEP;
      throw new Error('half-way');
    });
    await assert.rejects(failing, /half-way/);
    assert.deepEqual(await ids(), ['before']);
    assert.deepEqual(list.current(engine()), ['Oslo']);
    await written(engine(), changes.append(0, { text: 'first' }));
    assert.equal(await found(engine(), changes.last()), 1);
  });

  it('leaves nothing where a key belongs to another, and says so', async () => {
    const before = (await found(engine(), persons.page(1))).emptied;
    const answer = await engine().exclusive(MEANWHILE, function* () {
      yield [emptied(persons), persons.save({ id: 'a', former: 'x' }, changes.entry(0, { text: 'a' }))];
      yield STEP;
      yield [persons.save({ id: 'b', former: 'x' })];
    });
    assert.ok(answer && isConflict(answer));
    const both = together(persons.page(10), changes.last());
    const [page, last] = await found(engine(), both);
    assert.deepEqual([page.states, page.emptied, last], [[], before, 0]);
    assert.equal(engine().hindrance(), undefined);
  });

  it('is undone where the register is closed in the middle, and whoever waits is told', async () => {
    const { ended } = long(persons.save({ id: 'long' }));
    const waiting = engine().exclusive(MEANWHILE, () => [[persons.save({ id: 'waiting' })]]);
    await engine().close();
    for (const answer of [await ended, await waiting]) {
      assert.ok(answer && isLoss(answer));
      assert.equal(answer.passes, false);
    }
  });

  it('gives numbers meanwhile that do not come again, also where it is undone', async () => {
    const numbers = engine().numbers('series');
    const given = [numbers.next()];
    let over = false;
    const undone = engine().exclusive(MEANWHILE, function* () {
      while (!over) yield STEP;
      throw new Error('undone');
    });
    given.push(...times(2500, () => numbers.next()));
    over = true;
    await assert.rejects(undone, /undone/);
    given.push(...times(2500, () => numbers.next()));
    assert.equal(new Set(given).size, given.length);
    assert.deepEqual(
      given,
      given.toSorted((one, other) => one - other),
    );
  });
};
