// A REST answer tells of nothing that is not stored: requests of the same moment, on a disk that refuses some of it.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { denmark } from '../../src/dfdg/contract.ts';
import { accessRows } from '../../src/dfdg/register/logs.ts';
import { findCitizen } from '../../src/dfdg/register/store.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Engine, Loss } from '../../src/store/engine.ts';
import type { Sqlite } from '../../src/store/sqlite/driver.ts';
import { createSqliteEngine } from '../../src/store/sqlite/engine.ts';
import { openTables } from '../../src/store/sqlite/open.ts';
import { CPR, NOW } from '../dfdg/circumstances.ts';
import { newDirectory } from '../directories.ts';
import { found } from '../store/contract/verbs.ts';
import { makeGate, storedIn, telling } from '../told.ts';
import { fillRegister, restOver } from './way.ts';

const FULL = /the disk is full/;
const LOST: Loss = { loss: 'the disk is full', passes: false };
const now = (): number => NOW;

describe('what a REST answer tells of', () => {
  let directory: string;
  let database: Sqlite;
  let engine: Engine;

  /** How the calls in the data directory ended. */
  const results = (): unknown[] =>
    storedIn(directory, 'dk_access').map((body) => (JSON.parse(body) as { result: unknown }).result);
  const over = (changing: Pick<Engine, 'change'> = engine) => restOver(engine, changing, now);
  const email = async (): Promise<string | undefined> =>
    (await found(engine, findCitizen(CPR)))?.contactData.find(({ type }) => type === 3)?.value;

  const open = async (where: string | undefined): Promise<void> => {
    const parts = openTables(where, 'crash', denmark.tables(resolveOptions({})));
    database = parts.database;
    engine = createSqliteEngine(parts, now);
    await fillRegister(engine, NOW);
  };
  beforeEach(() => {
    directory = newDirectory();
    return open(directory);
  });
  afterEach(() => engine.close());

  it('goes out when it is stored and not before, the refusals too', async () => {
    const gate = makeGate();
    const { save, send } = over(telling(engine, (durable) => gate.opened.then(() => durable)));
    const unknown = { headers: { 'x-active-organisation-type-identifier': '99' } };
    const sent = [save('one@example.dk'), save('no address'), send('GetKontaktinformation', '', unknown)];
    const answered: number[] = [];
    for (const answer of sent) void answer.then(({ status }) => answered.push(status));
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    assert.deepEqual(answered, []);
    assert.deepEqual(results().sort(), ['8173', '9158', 'OK']);
    gate.open();
    await Promise.all(sent);
    assert.deepEqual(answered.sort(), [200, 400, 403]);
  });

  it('is stored when it goes out, also what came in the same moment', async () => {
    const { save } = over();
    const seen = await Promise.all(
      ['one@example.dk', 'two@example.dk'].map(async (address) => {
        const { status } = await save(address);
        return [status, results()];
      }),
    );
    assert.deepEqual(seen, [
      [200, ['OK', 'OK']],
      [200, ['OK', 'OK']],
    ]);
  });

  it('is a refusal whose row in the access log is stored, and so is what came before it', async () => {
    const { save, send, entryOf } = over();
    const first = save('one@example.dk');
    const unknown = { headers: { 'x-active-organisation-type-identifier': '99' } };
    const second = await send('GetKontaktinformation', undefined, unknown);
    assert.equal(second.status, 403);
    assert.deepEqual(results(), ['OK', '8173']);
    assert.equal((await first).status, 200);
    const [row] = await found(engine, accessRows({ limit: 1 }));
    assert.equal(row?.exchange, entryOf(second).number);
  });

  it('is no request id as used whose group was lost, and the journal calls nothing OK of it', async () => {
    const { save, entryOf } = over(telling(engine, (durable) => durable.then(() => LOST)));
    const id = { headers: { 'x-requestid': 'the-same' } };
    for (const answer of await Promise.all([save('one@example.dk', id), save('two@example.dk', id)])) {
      assert.equal(answer.status, 500);
      assert.equal(entryOf(answer).problem, 'register.unavailable');
      assert.equal(entryOf(answer).result, undefined);
    }
  });

  it('is a request id as used where another call of the same moment used it', async () => {
    const { save, entryOf } = over();
    const id = { headers: { 'x-requestid': 'the-same' } };
    const [first, second] = await Promise.all([save('one@example.dk', id), save('two@example.dk', id)]);
    assert.deepEqual([first.status, second.status], [200, 412]);
    assert.equal(entryOf(first).result, 'OK');
    assert.equal(await email(), 'one@example.dk');
  });

  describe('on a full disk', () => {
    /** Lets the disk be full, and puts rows into a table until it has no room either. Returns what gives room again. */
    const fill = (sql: string, length: number): (() => void) => {
      database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
      const insert = database.prepare(sql);
      // One leaf of an index may have room where the next has none.
      for (let refused = 0; refused < 50; ) {
        try {
          insert.run(randomBytes(length));
        } catch (error) {
          assert.equal((error as { code?: unknown }).code, 'SQLITE_FULL');
          refused += 1;
        }
      }
      return () => {
        database.pragma('max_page_count = 1000000');
      };
    };
    /** Sends two requests in the same turn, and says that both are told of the disk. */
    const assertFull = async ({ save, entryOf, defects }: ReturnType<typeof over>, address: string) => {
      const ids = ['x', 'y'].map((one) => ({ headers: { 'x-requestid': one.repeat(46) } }));
      for (const answer of await Promise.all(ids.map((id) => save(address, id)))) {
        assert.equal(answer.status, 500);
        assert.equal(entryOf(answer).problem, 'register.unavailable');
        assert.match(entryOf(answer).explanation?.found ?? '', FULL);
      }
      assert.deepEqual(defects, []);
      return ids;
    };

    for (const where of ['in memory', 'in a file'])
      describe(where, () => {
        beforeEach(async () => {
          if (where === 'in a file') return;
          await engine.close();
          await open(undefined);
        });

        it('is that, and no defect, where the list of request ids does not fit; and the ids are unused', async () => {
          const room = fill(`INSERT INTO dk_request (key, until) VALUES (?, ${NOW * 2})`, 16);
          const rest = over();
          const ids = await assertFull(rest, 'one@example.dk');
          assert.equal(await email(), undefined);
          room();
          for (const id of ids) assert.equal((await rest.save('two@example.dk', id)).status, 200);
        });

        it('is that, and no defect, where contact data does not fit; and the request ids are unused', async () => {
          const room = fill(
            "INSERT INTO dk_citizen (id, body, key_email) SELECT key, '{}', key FROM (SELECT hex(?) AS key)",
            100,
          );
          const rest = over();
          const ids = await assertFull(rest, `${'1'.repeat(190)}@${'y'.repeat(60)}.dk`);
          assert.equal(await email(), undefined);
          room();
          for (const id of ids) assert.equal((await rest.save('two@example.dk', id)).status, 200);
          assert.equal((await rest.save('three@example.dk', ids[0])).status, 412);
        });
      });
  });
});
