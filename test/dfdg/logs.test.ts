// What the Danish services keep of calls and messages is bounded by the settings, and it costs little to keep it so.

import assert from 'node:assert/strict';
import { denmark } from '../../src/dfdg/contract.ts';
import { type Access, accesses, accessRows, outboxRows, requestIds } from '../../src/dfdg/register/logs.ts';
import { keepCitizen } from '../../src/dfdg/register/store.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Configuration } from '../../src/settings/settings.ts';
import type { Engine } from '../../src/store/engine.ts';
import { openEngine } from '../../src/store/open.ts';
import { createSqliteEngine } from '../../src/store/sqlite/engine.ts';
import { openTables } from '../../src/store/sqlite/open.ts';
import { keyOf, nothing } from '../../src/store/tables.ts';
import { newDirectory } from '../directories.ts';
import { found, made, written } from '../store/contract/verbs.ts';
import { aCitizen, MAIL, NOW } from './circumstances.ts';

const DAY = 86_400_000;
const ALL = { limit: 1000 };
const real = (): number => NOW;

/** The settings with some limits of the logs. */
const limited = (dfdg: Partial<Configuration['dfdg']> = {}): Configuration => resolveOptions({ dfdg });

describe('the logs of the Danish services', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  const open = (dfdg: Partial<Configuration['dfdg']> = {}, directory?: string): void => {
    engine = openEngine({ directory, durability: 'crash', real }, denmark.tables(limited(dfdg)));
  };
  const call = (reference: number): Access => ({
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
  const record = (reference: number, at = NOW) => written(engine, accesses.append(at, call(reference)));
  const kept = async (): Promise<string[]> =>
    (await found(engine, accessRows(ALL))).map(({ reference }) => reference);
  /** Whether a request id was there already. */
  const seen = (id: string) =>
    made(engine, {
      load: nothing,
      once: { table: requestIds.name, key: keyOf('', id), until: NOW + DAY, now: NOW },
      decide: (_, before) => ({ result: before }),
    });

  it('show a call as it was written, with its number and its time', async () => {
    open();
    const known: Access = {
      ...call(1),
      exchange: 7,
      operation: 'SavePersonContactData',
      citizen: '1403455896',
      cvr: '90000016',
      organisationType: 1,
      organisationCode: 'STAR',
      userType: 3,
      user: 'CVR:90000016-FID:1',
      claimed: false,
      result: 'OK',
    };
    await written(engine, accesses.append(NOW, known), accesses.append(NOW + 1, call(2)));
    assert.deepEqual(await found(engine, accessRows(ALL)), [
      { ...call(2), id: 2, at: new Date(NOW + 1).toISOString() },
      { ...known, id: 1, at: new Date(NOW).toISOString() },
    ]);
  });

  it('keep so many calls and no more, the newest', async () => {
    open({ accessLogRows: 3 });
    for (let reference = 1; reference <= 7; reference += 1) await record(reference);
    assert.deepEqual(await kept(), ['7', '6', '5']);
  });

  it('keep calls so many days and no longer, in whichever order they came', async () => {
    open({ accessLogDays: 2 });
    for (const [reference, at] of [NOW, NOW + 3 * DAY, NOW + DAY].entries()) await record(reference, at);
    assert.deepEqual(await kept(), ['2', '1']);
    await record(3, NOW + 3 * DAY + 1);
    assert.deepEqual(await kept(), ['3', '1']);
  });

  it('keep so many messages and no more, however old', async () => {
    open({ outboxRows: 2, accessLogDays: 1 });
    const message = { channel: 'email', address: MAIL.value, kind: 'reminder', code: undefined } as const;
    for (const [index, text] of ['1', '2', '3'].entries())
      await written(
        engine,
        ...keepCitizen(aCitizen({ outgoing: [{ ...message, text }] }), NOW + index * 1000 * DAY),
      );
    const rows = await found(engine, outboxRows(ALL));
    assert.deepEqual(
      rows.map(({ text }) => text),
      ['3', '2'],
    );
  });

  it('keep less from the next row after a start on, where less is wanted', async () => {
    const directory = newDirectory();
    open({}, directory);
    for (let reference = 1; reference <= 5; reference += 1) await record(reference);
    await engine.close();
    open({ accessLogRows: 2 }, directory);
    await record(6);
    assert.deepEqual(await kept(), ['6', '5']);
  });

  it('are empty after the register is seeded anew', async () => {
    open();
    await record(1);
    assert.equal(await seen('a'), false);
    const { seeding } = denmark.open({ settings: limited(), engine, now: real });
    await written(engine, ...seeding.clear);
    assert.deepEqual(await kept(), []);
    assert.equal(await seen('a'), false);
    await record(2);
    assert.deepEqual(
      (await found(engine, accessRows(ALL))).map(({ id }) => id),
      [1],
    );
  });

  it('are never read through to find what is to be forgotten', () => {
    const parts = openTables(undefined, 'crash', denmark.tables(limited()));
    const { database } = parts;
    const deletes: string[] = [];
    const prepare = database.prepare.bind(database);
    database.prepare = ((sql: string) => {
      if (/^DELETE FROM "(?!dk_citizen)/.test(sql)) deletes.push(sql);
      return prepare(sql);
    }) as typeof database.prepare;
    engine = createSqliteEngine(parts, real);
    for (const table of ['dk_access', 'dk_outbox', 'dk_request'])
      assert.ok(
        deletes.some((sql) => sql.includes(table)),
        table,
      );
    for (const sql of deletes) {
      const steps = prepare<[null], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(null);
      // What is scanned is the first few hundred request ids, and no more.
      const scanned = steps.filter(({ detail }) => /^SCAN /.test(detail));
      assert.ok(scanned.length === 0 || /ORDER BY number LIMIT \d{1,3}\)/.test(sql), sql);
    }
  });
});
