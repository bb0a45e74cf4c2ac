// Keys that count once: exactly one of many comers is the first, and no turn of a clock makes another one.

import assert from 'node:assert/strict';
import { type Engine, isConflict, type Once } from '../../../src/store/engine.ts';
import { emptied, keyOf, nothing } from '../../../src/store/tables.ts';
import { changes, MOST, persons, tokens } from './tables.ts';
import { found, made, times, writing, written } from './verbs.ts';

/** More than an engine may take before it looks what can be forgotten. */
const MANY = 250;

export interface Clocked {
  readonly engine: Engine;
  /** Sets the real time. */
  setReal(time: number): void;
}

export const onceKeysHold = (clocked: () => Clocked): void => {
  const keyed = (name: string, { until = 100, now = 0 } = {}): Once => ({
    table: tokens.name,
    key: keyOf(name),
    until,
    now,
  });
  const seen = (name: string, moment: { until?: number; now?: number } = {}): Promise<boolean> =>
    made(clocked().engine, {
      load: nothing,
      once: keyed(name, moment),
      decide: (_, before) => ({ result: before }),
    });
  const others = async (moment: { until?: number; now?: number }, count = MANY): Promise<void> => {
    for (const name of times(count, (index) => `other ${index} ${JSON.stringify(moment)}`))
      await seen(name, moment);
  };

  it('have one first among many that come at the same time', async () => {
    const answers = await Promise.all(times(50, () => seen('a')));
    assert.equal(answers.filter((before) => !before).length, 1);
    assert.equal(await seen('a'), true);
    assert.equal(await seen('b'), false);
  });

  it('leave nothing of a decision but its result where they were there', async () => {
    const { engine } = clocked();
    const work = (id: string) => ({
      load: nothing,
      once: keyed('a'),
      decide: (_: undefined, before: boolean) => ({
        result: `${id} ${before}`,
        writes: [persons.save({ id }, changes.entry(0, { text: id }))],
      }),
    });
    assert.equal(await made(engine, work('first')), 'first false');
    assert.equal(await made(engine, work('second')), 'second true');
    assert.equal(await found(engine, persons.count()), 1);
    assert.equal(await found(engine, changes.last()), 1);
  });

  it('are not used up by a decision that is not made', async () => {
    const { engine } = clocked();
    await written(engine, persons.save({ id: 'owner', former: 'x' }));
    const conflicting = { ...writing(persons.save({ id: 'b', former: 'x' })), once: keyed('a') };
    assert.ok(isConflict(await engine.change(conflicting)));
    const throwing = { load: nothing, once: keyed('a'), decide: () => assert.fail('a defect') };
    await assert.rejects(engine.change(throwing), /a defect/);
    assert.equal(await seen('a'), false);
  });

  it('count until their moment, itself included, and then anew', async () => {
    assert.equal(await seen('a', { until: 100 }), false);
    clocked().setReal(1000);
    assert.equal(await seen('a', { until: 300, now: 100 }), true);
    assert.equal(await seen('a', { until: 300, now: 101 }), false);
    assert.equal(await seen('a', { until: 500, now: 300 }), true);
  });

  it('are remembered while the hand of the clock has not passed their moment, whatever the real time', async () => {
    await seen('a');
    clocked().setReal(1000);
    await others({ now: 50, until: 150 }, MANY / 2);
    assert.equal(await seen('a', { now: 50 }), true);
  });

  it('are remembered when the clock is set forward and back', async () => {
    clocked().setReal(10);
    await seen('a');
    await others({ now: 1000, until: 1100 }, MANY / 2);
    assert.equal(await seen('a', { now: 10 }), true);
    // What was let in while the clock was forward is remembered too when it is back.
    await seen('b', { now: 1000, until: 1100 });
    assert.equal(await seen('b', { now: 20 }), true);
  });

  it('are forgotten from the first on where there are too many, and the newest never', async () => {
    const count = 4 * MOST;
    for (const name of times(count, String)) assert.equal(await seen(name), false);
    for (const name of times(MOST, (index) => String(count - 1 - index)))
      assert.equal(await seen(name), true);
    assert.equal(await seen('0'), false);
  });

  it('that count anew are the newest again', async () => {
    await seen('a', { until: 10 });
    await others({}, MOST - 20);
    assert.equal(await seen('a', { until: 100, now: 20 }), false);
    await others({ now: 20 }, MOST - 20);
    assert.equal(await seen('a', { now: 20 }), true);
  });

  it('are all forgotten when their table is emptied', async () => {
    await seen('a');
    await written(clocked().engine, emptied(tokens));
    assert.equal(await seen('a'), false);
  });
};
