// What the disk or another program refuses is told, to whomever it concerns, and nothing is acknowledged that is not stored.

import assert from 'node:assert/strict';
import { type Engine, isConflict, isLoss, type Stored } from '../../../src/store/engine.ts';
import { emptied, keyOf, nothing } from '../../../src/store/tables.ts';
import type { Place } from './place.ts';
import { changes, list, persons, tokens } from './tables.ts';
import { accepted, found, MEANWHILE, made, times, writing, written } from './verbs.ts';

const LARGE = 'x'.repeat(400_000);
const once = { table: tokens.name, key: keyOf('a'), until: 100, now: 0 };

/** What became of a change, once that is known: the words of its loss, or undefined where it is stored. */
const outcome = async (changed: ReturnType<Engine['change']>): Promise<string | undefined> => {
  const answer = await changed;
  if ('loss' in answer) {
    assert.equal(answer.passes, false);
    return answer.loss;
  }
  assert.ok(!isConflict(answer));
  return (await (answer as Stored<unknown>).durable)?.loss;
};

const storingIsTold = (engine: () => Engine, stored: (table: string) => readonly string[]): void => {
  it('of a change that somebody else can see, and never before', async () => {
    const answers = await Promise.all(
      times(5, (index) => engine().change(writing(persons.save({ id: `${index}` })))),
    );
    for (const [index, answer] of answers.entries()) {
      assert.equal(await accepted(answer).durable, undefined);
      assert.ok(stored(persons.name).includes(JSON.stringify({ id: `${index}` })));
    }
    const open = accepted(await engine().change(writing(persons.save({ id: 'open' }))));
    const seen = accepted(await engine().read(persons.find('open')));
    assert.equal(await seen.durable, undefined);
    if (seen.result !== undefined) assert.ok(stored(persons.name).includes('{"id":"open"}'));
    assert.equal(await open.durable, undefined);
  });

  it('of a long change when it has ended', async () => {
    const long = engine().exclusive(MEANWHILE, function* () {
      yield times(1000, (index) => persons.save({ id: `${index}` }));
      assert.deepEqual(stored(persons.name), []);
      yield [persons.save({ id: 'last' })];
    });
    assert.equal(await long, undefined);
    assert.equal(stored(persons.name).length, 1001);
  });
};

const fullDisksAreTold = (engine: () => Engine, fill: () => () => void): void => {
  it('of one change, and its number and key are free', async () => {
    const room = fill();
    const large = persons.save({ id: 'large', note: LARGE }, changes.entry(0, { text: 'large' }));
    const work = {
      load: nothing,
      once,
      decide: () => ({ result: undefined, writes: [large, list.put(['full'])] }),
    };
    assert.match((await outcome(engine().change(work))) ?? '', /^[^\n]*(?:full|disk)[^\n]*$/);
    assert.deepEqual(list.current(engine()), ['none yet']);
    assert.equal(await found(engine(), persons.find('large')), undefined);
    room();
    const decided = await made(engine(), {
      ...work,
      decide: (_: undefined, seen: boolean) => ({ result: seen, writes: [large] }),
    });
    assert.equal(decided, false);
    assert.equal(await found(engine(), changes.last()), 1);
  });

  it('of changes that come together, to each that is not stored and to no other', async () => {
    const room = fill();
    const outcomes = await Promise.all(
      times(9, (index) =>
        outcome(
          engine().change(
            writing(
              persons.save(
                { id: `${index}`, ...(index === 4 ? { note: LARGE } : {}) },
                changes.entry(0, { text: `${index}` }),
              ),
            ),
          ),
        ),
      ),
    );
    room();
    assert.notEqual(outcomes[4], undefined);
    const { states } = await found(engine(), persons.page(100));
    assert.deepEqual(
      states.map(({ id }) => id),
      times(9, String).filter((_, index) => outcomes[index] === undefined),
    );
    const rows = await found(engine(), changes.rows({ limit: 100 }));
    assert.deepEqual(
      rows.map(({ id }) => id),
      times(states.length, (index) => states.length - index),
    );
    await written(engine(), persons.save({ id: 'after', note: LARGE }));
  });

  it('of a long change, of which nothing is left', async () => {
    await written(engine(), persons.save({ id: 'before' }), list.put(['Oslo']));
    const room = fill();
    const long = await engine().exclusive(MEANWHILE, function* () {
      yield [emptied(persons), list.put([])];
      for (let index = 0; ; index += 1) yield [persons.save({ id: `${index}`, note: LARGE })];
    });
    assert.ok(long && isLoss(long));
    assert.equal(long.passes, false);
    assert.deepEqual((await found(engine(), persons.page(10))).states, [{ id: 'before' }]);
    assert.deepEqual(list.current(engine()), ['Oslo']);
    room();
    assert.equal(
      await engine().exclusive(MEANWHILE, () => [[persons.save({ id: 'after', note: LARGE })]]),
      undefined,
    );
  });
};

const othersAreTold = (engine: () => Engine, hold: () => () => void): void => {
  it('of a change and of a long one, and both are made when it has let go', async () => {
    const letGo = hold();
    assert.match(
      (await outcome(engine().change(writing(persons.save({ id: 'a' }))))) ?? '',
      /another program/,
    );
    const long = await engine().exclusive(MEANWHILE, () => [[persons.save({ id: 'b' })]]);
    assert.ok(long && isLoss(long));
    letGo();
    assert.equal(await found(engine(), persons.count()), 0);
    await written(engine(), persons.save({ id: 'a' }));
    assert.equal(await engine().exclusive(MEANWHILE, () => [[persons.save({ id: 'b' })]]), undefined);
    assert.equal(await found(engine(), persons.count()), 2);
  });
};

const absencesAreTold = (engine: () => Engine, takeAway: NonNullable<Place['takeAway']>): void => {
  const CAUSE = /was deleted, moved or replaced/;

  it('before and after a change, and it goes on when they are put back', async () => {
    await written(engine(), persons.save({ id: 'before' }));
    const open = engine().change(writing(persons.save({ id: 'under way' })));
    const putBack = takeAway();
    assert.match((await outcome(open)) ?? '', CAUSE);
    assert.match(engine().hindrance()?.loss ?? '', CAUSE);
    assert.match((await outcome(engine().change(writing(persons.save({ id: 'gone' }))))) ?? '', CAUSE);
    assert.equal(await found(engine(), persons.find('gone')), undefined);
    const long = await engine().exclusive(MEANWHILE, () => [[persons.save({ id: 'gone' })]]);
    assert.ok(long && isLoss(long));
    putBack();
    assert.equal(engine().hindrance(), undefined);
    await written(engine(), persons.save({ id: 'after' }));
    assert.equal(await found(engine(), persons.find('gone')), undefined);
  });

  it('of a long change that was under way', async () => {
    let putBack = (): void => undefined;
    const long = await engine().exclusive(MEANWHILE, function* () {
      yield [persons.save({ id: 'a' })];
      putBack = takeAway();
    });
    putBack();
    assert.ok(long && isLoss(long));
    assert.match(long.loss, CAUSE);
  });
};

/** Losses of every kind that can befall a place. */
export const lossesHold = (engine: () => Engine, place: () => Place): void => {
  const { stored, fill, hold, takeAway } = place();
  if (stored)
    describe('it is stored, is told', () => storingIsTold(engine, (table) => place().stored?.(table) ?? []));
  const none = () => () => undefined;
  if (fill)
    describe('the disk is full, is told', () => fullDisksAreTold(engine, () => (place().fill ?? none)()));
  if (hold)
    describe('another program holds it, is told', () =>
      othersAreTold(engine, () => (place().hold ?? none)()));
  if (takeAway)
    describe('its files are gone, is told', () =>
      absencesAreTold(engine, () => (place().takeAway ?? none)()));
};
