// Durations by the calendar, and a clock with two hands.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDuration, createClock, parseDuration } from '../../src/kernel/clock.ts';

const moved = (instant: string, text: string): string => {
  const duration = parseDuration(text);
  assert.ok(duration, text);
  return new Date(addDuration(Date.parse(instant), duration)).toISOString();
};

describe('a duration', () => {
  it('is read in all its parts, and backwards', () => {
    assert.deepEqual(parseDuration('P1Y6M'), { months: 18, milliseconds: 0 });
    assert.deepEqual(parseDuration('P1W2DT3H4M5.5S'), {
      months: 0,
      milliseconds: ((9 * 24 + 3) * 3600 + 4 * 60 + 5.5) * 1000,
    });
    assert.equal(parseDuration('-P18M')?.months, -18);
    assert.equal(parseDuration('PT1M')?.milliseconds, 60_000);
  });

  it('is refused in every other form', () => {
    for (const text of [
      '',
      'P',
      'PT',
      'P1',
      '1M',
      'P1M1Y',
      'P1H',
      'PT1D',
      'p1m',
      'P1.5M',
      ' P1M',
      'P1M\n',
      'P-1M',
      '--P1M',
      '+P1M',
    ])
      assert.equal(parseDuration(text), undefined, JSON.stringify(text));
  });

  it('of months ends on the last day of a shorter month', () => {
    assert.equal(moved('2026-01-31T10:00:00.000Z', 'P1M'), '2026-02-28T10:00:00.000Z');
    assert.equal(moved('2024-01-31T10:00:00.000Z', 'P1M'), '2024-02-29T10:00:00.000Z');
    assert.equal(moved('2026-08-31T10:00:00.000Z', '-P18M'), '2025-02-28T10:00:00.000Z');
    assert.equal(moved('2024-02-29T00:00:00.000Z', 'P1Y'), '2025-02-28T00:00:00.000Z');
    assert.equal(moved('2026-12-31T23:59:59.999Z', 'P1MT0.001S'), '2027-02-01T00:00:00.000Z');
  });

  it('gives whole milliseconds, since nothing finer can be stored', () => {
    for (const text of ['PT0.0005S', '-PT1.23456789S'])
      assert.ok(
        Number.isInteger(addDuration(0, parseDuration(text) ?? { months: 0, milliseconds: 0 })),
        text,
      );
  });

  it('of months forth and back is never more than three days off', () => {
    const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 600 }), (at, months) => {
        const there = addDuration(at, { months, milliseconds: 0 });
        const back = addDuration(there, { months: -months, milliseconds: 0 });
        assert.ok(there >= at);
        assert.ok(back <= at && at - back <= 3 * 86_400_000);
      }),
    );
  });
});

describe('the clock', () => {
  const START = Date.parse('2026-01-31T00:00:00Z');

  it('moves one hand without the other', () => {
    let real = START;
    const clock = createClock(() => real);
    clock.advance('register', { months: 18, milliseconds: 0 });
    real += 1000;
    assert.equal(new Date(clock.now('register')).toISOString(), '2027-07-31T00:00:01.000Z');
    assert.equal(clock.now('security'), real);
    assert.equal(clock.real(), real);
  });

  it('stands still when frozen, also after it was advanced, until it is real again', () => {
    let real = START;
    const clock = createClock(() => real);
    clock.set('security', { kind: 'frozen', at: 1000 });
    real += 5000;
    clock.advance('security', { months: 0, milliseconds: 500 });
    real += 5000;
    assert.equal(clock.now('security'), 1500);
    assert.deepEqual(clock.state('security'), { kind: 'frozen', at: 1500 });
    clock.set('security', { kind: 'real' });
    assert.equal(clock.now('security'), real);
  });

  it('adds up what it was advanced by', () => {
    const clock = createClock(() => START);
    for (let month = 0; month < 3; month += 1) clock.advance('register', { months: 1, milliseconds: 0 });
    assert.equal(new Date(clock.now('register')).toISOString(), '2026-04-28T00:00:00.000Z');
  });

  it('counts its changes, so that caches can tell', () => {
    const clock = createClock(() => START);
    const before = clock.revision;
    clock.set('security', { kind: 'real' });
    clock.advance('register', { months: 1, milliseconds: 0 });
    assert.equal(clock.revision, before + 2);
  });
});
