// What is stored outlives the engine: after an end in order, and after a sudden one.

import assert from 'node:assert/strict';
import { type Engine, isLoss } from '../../../src/store/engine.ts';
import { keyOf, nothing, together } from '../../../src/store/tables.ts';
import type { Place } from './place.ts';
import { changes, list, persons, tokens } from './tables.ts';
import { accepted, found, MEANWHILE, made, times, writing, written } from './verbs.ts';

const once = { table: tokens.name, key: keyOf('a'), until: 100, now: 0 };

export const endsHold = (engine: () => Engine): void => {
  it('stores what is open, and refuses everything afterwards', async () => {
    const { durable } = accepted(await engine().change(writing(persons.save({ id: 'a' }))));
    await engine().close();
    assert.equal(await durable, undefined);
    for (const answer of [
      await engine().change(writing(persons.save({ id: 'b' }))),
      await engine().read(persons.count()),
      await engine().exclusive(MEANWHILE, () => [[persons.save({ id: 'b' })]]),
      engine().hindrance(),
    ]) {
      assert.ok(answer && isLoss(answer));
      assert.equal(answer.passes, false);
      assert.match(answer.loss, /^[^\n]+$/);
    }
    await engine().close();
  });
};

/** @param again ends the engine, in order or not, and opens the register again */
const keepsAll = (engine: () => Engine, again: () => Promise<Engine>): void => {
  it('are there as they were: states, rows, values, keys, and places', async () => {
    const people = times(20, (index) => ({ id: `${index}`, city: `${index % 3}`, former: `f${index}` }));
    for (const person of people)
      await made(engine(), {
        load: nothing,
        once: { ...once, key: keyOf(person.id) },
        decide: () => ({
          result: undefined,
          writes: [persons.save(person, changes.entry(7, { text: person.id }))],
        }),
      });
    await written(engine(), persons.remove('3'), list.put(['Oslo']));
    const look = together(
      persons.page(100),
      together(persons.all('city', '1'), changes.rows({ limit: 100 })),
    );
    const [before, value] = [await found(engine(), look), engine().value('t_cities')];
    const after = await again();
    assert.deepEqual(await found(after, look), before);
    assert.deepEqual(after.value('t_cities'), value);
    assert.deepEqual(list.current(after), ['Oslo']);
    const seen = await made(after, {
      load: nothing,
      once: { ...once, key: keyOf('19') },
      decide: (_, before) => ({ result: before }),
    });
    assert.equal(seen, true);
  });

  it('go on with the next number, also where rows were forgotten or emptied', async () => {
    await written(engine(), changes.append(0, { text: 'a' }), changes.append(0, { text: 'b' }));
    const after = await again();
    await written(after, changes.append(0, { text: 'c' }));
    assert.deepEqual(
      (await found(after, changes.rows({ limit: 10 }))).map(({ id, text }) => [id, text]),
      [
        [3, 'c'],
        [2, 'b'],
        [1, 'a'],
      ],
    );
  });
};

export const storedHolds = (engine: () => Engine, place: () => Place, open: () => Promise<Engine>): void => {
  const reopen = async (): Promise<Engine> => {
    await engine().close();
    return open();
  };
  const revive = (): Promise<Engine> => {
    place().kill?.();
    return open();
  };

  describe('after an end in order', () => {
    keepsAll(engine, reopen);

    it('has what was open', async () => {
      const { durable } = accepted(await engine().change(writing(persons.save({ id: 'a' }))));
      const after = await reopen();
      assert.equal(await durable, undefined);
      assert.equal(await found(after, persons.count()), 1);
    });

    it('has nothing of a long change that was under way', async () => {
      const ended = engine().exclusive(MEANWHILE, function* () {
        for (;;) yield times(1000, (index) => persons.save({ id: `${index}` }));
      });
      const after = await reopen();
      assert.ok(await ended);
      assert.equal(await found(after, persons.count()), 0);
    });

    it('goes on with running numbers without a gap, but for series that were never asked', async () => {
      const [numbers] = [engine().numbers('series'), engine().numbers('unasked')];
      assert.deepEqual([numbers.next(), numbers.next()], [1, 2]);
      const after = await reopen();
      assert.deepEqual([after.numbers('series').next(), after.numbers('unasked').next()], [3, 1]);
      // Whoever took no number gives none back.
      const third = await reopen();
      assert.equal(third.numbers('series').next(), 4);
    });

    it('keeps no more keys than are wanted, however shortly each program lives', async () => {
      for (let life = 0; life < 8; life += 1) {
        for (const name of times(90, (index) => `${life} ${index}`))
          await made(engine(), {
            ...writing(),
            once: { ...once, key: keyOf(name) },
          });
        await reopen();
      }
      const work = { load: nothing, once: { ...once, key: keyOf('0 0') } };
      assert.equal(await made(engine(), { ...work, decide: (_, seen) => ({ result: seen }) }), false);
    });
  });

  if (!place().kill) return;
  describe('after a sudden death', () => {
    keepsAll(engine, revive);

    it('has the whole of what was stored and nothing of what was not', async () => {
      await written(engine(), persons.save({ id: 'stored' }));
      const open = engine().change(
        writing(persons.save({ id: 'a' }), persons.save({ id: 'b' }, changes.entry(0, { text: 'b' }))),
      );
      accepted(await open);
      const after = await revive();
      const all = (await found(after, persons.page(10))).states.map(({ id }) => id);
      assert.ok(['stored', 'stored,a,b'].includes(all.join()), all.join());
      assert.equal(await found(after, changes.last()), all.length === 1 ? 0 : 1);
    });

    it('gives running numbers beyond all that were given', async () => {
      const given = times(1500, () => engine().numbers('series').next());
      const after = (await revive()).numbers('series').next();
      assert.ok(after > (given.at(-1) ?? 0));
    });

    it('gives none again that were given while a long change was under way that was undone', async () => {
      const numbers = engine().numbers('series');
      const undone = engine().exclusive(MEANWHILE, function* () {
        yield [];
        numbers.next();
        throw new Error('undone');
      });
      await assert.rejects(undone, /undone/);
      const last = numbers.next();
      const after = (await revive()).numbers('series').next();
      assert.ok(after > last);
    });
  });
};

export const numbersHold = (engine: () => Engine): void => {
  it('run on, over the end of a block too, and each series by itself', () => {
    const numbers = engine().numbers('a');
    assert.deepEqual(
      times(2500, () => numbers.next()),
      times(2500, (index) => index + 1),
    );
    assert.equal(engine().numbers('b').next(), 1);
    assert.equal(engine().numbers('a').next(), 2501);
  });

  it('are given while changes are open, and are no part of them', async () => {
    const numbers = engine().numbers('a');
    await written(engine(), persons.save({ id: 'owner', former: 'x' }));
    const open = accepted(await engine().change(writing(persons.save({ id: 'a' }))));
    const failed = engine().change(writing(persons.save({ id: 'b', former: 'x' })));
    assert.equal(numbers.next(), 1);
    await failed;
    assert.equal(await open.durable, undefined);
    assert.equal(numbers.next(), 2);
  });
};
