// What the Danish services keep of calls and messages is bounded: in number, in age, and in what it costs to keep it so.

import assert from 'node:assert/strict';
import type { AccessRow, LogLimits } from '../../src/dfdg/register/logs.ts';
import { openDanishRegister } from '../../src/dfdg/register/seed.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { aCitizen, MAIL, NOW, usualLimits } from './circumstances.ts';

const DAY = 86_400_000;
const ALL = { limit: 1000 };

describe('the logs of the Danish services', () => {
  let opened: OpenStore;
  let now: number;
  beforeEach(() => {
    opened = openStore(undefined, 'crash');
    now = NOW;
  });
  afterEach(() => opened.close());

  const open = (limits: Partial<LogLimits> = {}) =>
    openDanishRegister(opened.database, () => now, { ...usualLimits, ...limits });
  const access = (reference: number): AccessRow => ({
    reference: String(reference),
    exchange: null,
    service: 'rest',
    operation: null,
    citizen: null,
    cvr: null,
    organisationType: null,
    organisationCode: null,
    userType: null,
    user: null,
    claimed: true,
    result: '1101',
  });
  const kept = ({ logs }: ReturnType<typeof open>): string[] =>
    logs.accesses(ALL).map(({ reference }) => reference);

  it('keep so many calls and no more, the newest', () => {
    const register = open({ accessLogRows: 3 });
    for (let call = 1; call <= 7; call += 1) register.logs.record(access(call));
    assert.deepEqual(kept(register), ['7', '6', '5']);
  });

  it('keep calls so many days and no longer, in whichever order they came', () => {
    const register = open({ accessLogDays: 2 });
    for (const [call, at] of [NOW, NOW + 3 * DAY, NOW + DAY].entries()) {
      now = at;
      register.logs.record(access(call));
    }
    assert.deepEqual(kept(register), ['2', '1']);
    now = NOW + 3 * DAY + 1;
    register.logs.record(access(3));
    assert.deepEqual(kept(register), ['3', '1']);
  });

  it('keep so many messages and no more', () => {
    const register = open({ outboxRows: 2 });
    const message = { channel: 'email', address: MAIL.value, kind: 'reminder', code: undefined } as const;
    for (const text of ['1', '2', '3'])
      register.store.save({}, aCitizen({ outgoing: [{ ...message, text }] }));
    assert.deepEqual(
      register.logs.outbox(ALL).map(({ text }) => text),
      ['3', '2'],
    );
  });

  it('keep a hundred thousand request ids, though the clock stands still', () => {
    const { logs } = open();
    const { database } = opened;
    database.transaction(() => {
      for (let id = 0; id < 100_001; id += 1) logs.admitRequest('a', String(id));
    })();
    const count = (): unknown => database.prepare('SELECT count(*) FROM anmodning').pluck().get();
    assert.equal(count(), 100_000);
    assert.deepEqual([logs.admitRequest('a', '1'), logs.admitRequest('a', '0')], [false, true]);
    assert.equal(count(), 100_000);
  });

  it('keep less from the next start on, where less is wanted', () => {
    const { logs } = open();
    for (let call = 1; call <= 5; call += 1) logs.record(access(call));
    assert.deepEqual(kept(open({ accessLogRows: 2 })), ['5', '4']);
  });

  it('are empty after the register is seeded anew', () => {
    const register = open();
    register.logs.record(access(1));
    register.logs.admitRequest('a', '1');
    assert.deepEqual([...register.seeding.clear()], []);
    assert.deepEqual(kept(register), []);
    assert.equal(register.logs.admitRequest('a', '1'), true);
  });

  it('are never read through to find what is to be forgotten', () => {
    const { database } = opened;
    const deletes: string[] = [];
    const prepare = database.prepare.bind(database);
    database.prepare = ((sql: string) => {
      if (/^DELETE FROM (?!kontaktdata|kodeforsoeg|borger)/.test(sql)) deletes.push(sql);
      return prepare(sql);
    }) as typeof database.prepare;
    open();
    for (const table of ['adgangslog', 'udbakke', 'anmodning'])
      assert.ok(
        deletes.some((sql) => sql.includes(table)),
        table,
      );
    for (const sql of deletes) {
      const steps = prepare<[null], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(null);
      for (const { detail } of steps) assert.match(detail, /^SEARCH /, sql);
    }
  });
});
