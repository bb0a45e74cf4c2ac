// Several processes over one keeper are one: none loses a change of another, what counts once counts once, and the end of one
// of them concerns nobody else.

import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type Engine, isLoss, type Work } from '../../../src/store/engine.ts';
import { createKeeper, type Keeper } from '../../../src/store/served/keeper.ts';
import { keyOf, nothing } from '../../../src/store/tables.ts';
import { watched } from '../../../src/store/watched.ts';
import { changes, list, persons, TABLES, tokens } from '../contract/tables.ts';
import { found, MEANWHILE, made, times, written } from '../contract/verbs.ts';
import { inMemory } from '../sqlite/places.ts';
import { attach } from './places.ts';

const noNumbers = () => ({ next: () => 0 });

describe('several processes over one keeper', () => {
  const place = inMemory();
  let keeper: Keeper;
  let others: { readonly engine: Engine; cut(): void }[];
  let all: Engine[];
  let wrote: string[];

  beforeEach(async () => {
    wrote = [];
    keeper = createKeeper(watched(await place.open(TABLES, () => 0), (tables) => wrote.push(...tables)));
    others = [await attach(keeper, noNumbers), await attach(keeper, noNumbers)];
    all = [keeper.engine, ...others.map(({ engine }) => engine)];
  });
  afterEach(async () => {
    for (const { engine, cut } of others) {
      await engine.close();
      cut();
    }
    await place.end();
  });

  const nth = (index: number): Engine => all[index % all.length] ?? assert.fail();
  const counting: Work<{ readonly count?: number | undefined } | undefined, number> = {
    load: persons.find('a'),
    decide: (before) => {
      const count = (before?.count ?? 0) + 1;
      return {
        result: count,
        writes: [persons.save({ id: 'a', count }, changes.entry(0, { text: `${count}` }))],
      };
    },
  };

  it('lose no change of one another, and number them without gaps', async () => {
    const counts = await Promise.all(times(90, (index) => made(nth(index), counting)));
    assert.deepEqual(
      counts.toSorted((one, two) => one - two),
      times(90, (index) => index + 1),
    );
    const rows = await found(nth(1), changes.rows({ limit: 1000 }));
    assert.deepEqual(
      rows.map(({ id, text }) => `${id} ${text}`),
      times(90, (index) => `${90 - index} ${90 - index}`),
    );
  });

  it('take a key once, whichever of them has it first', async () => {
    const once = { table: tokens.name, key: keyOf('a'), until: 100, now: 0 };
    const seen = await Promise.all(
      times(9, (index) =>
        made(nth(index), { load: nothing, once, decide: (_, before) => ({ result: before }) }),
      ),
    );
    assert.deepEqual(seen.toSorted(), [false, ...times(8, () => true)]);
  });

  it('know a value that another put, as soon as that is stored', async () => {
    for (let round = 0; round < 6; round += 1) {
      await written(nth(round), list.put([`${round}`]));
      for (const engine of all) assert.deepEqual(list.current(engine), [`${round}`]);
    }
    const late = await attach(keeper, noNumbers);
    assert.deepEqual(list.current(late.engine), ['5']);
    late.cut();
  });

  it('tell who keeps it what they changed, a single value before its answer goes out', async () => {
    const heard: unknown[] = [];
    keeper.engine.watch?.(() => heard.push(list.current(keeper.engine)));
    await written(nth(1), list.put(['one']));
    assert.deepEqual(heard, [['one']]);
    assert.equal(await nth(2).exclusive(MEANWHILE, () => [[list.put(['two'])]]), undefined);
    assert.deepEqual(heard, [['one'], ['two']]);
    await made(nth(1), counting);
    assert.deepEqual(wrote, ['t_cities', persons.name]);
    // Long changes are told by who makes them.
    await written(keeper.engine, persons.save({ id: 'own' }));
    assert.equal(wrote.at(-1), persons.name);
  });

  it('are told that another has the register to himself, and go on when that ends within its long change', async () => {
    const [one, two] = others;
    assert.ok(one && two);
    let over = false;
    const long = one.engine.exclusive(MEANWHILE, function* () {
      yield [persons.save({ id: 'long' })];
      while (!over) yield times(500, () => list.put(['under way']));
    });
    while (!two.engine.hindrance()) await setImmediate();
    for (const engine of [two.engine, keeper.engine])
      assert.deepEqual(await engine.read(persons.count()), { loss: MEANWHILE, passes: true });
    one.cut();
    const lost = await long;
    over = true;
    assert.ok(lost && isLoss(lost));
    while (two.engine.hindrance()) await setImmediate();
    assert.equal(await found(two.engine, persons.count()), 0);
    await written(two.engine, persons.save({ id: 'after' }));
    assert.ok(isLoss(await one.engine.read(persons.count())));
  });
});
