// How the SQLite engine stores: changes of one turn by one commit, and what becomes of them where that commit fails.

import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Engine, Write } from '../../../src/store/engine.ts';
import type { Sqlite } from '../../../src/store/sqlite/driver.ts';
import { createSqliteEngine } from '../../../src/store/sqlite/engine.ts';
import { openTables } from '../../../src/store/sqlite/open.ts';
import { changes, list, persons, TABLES } from '../contract/tables.ts';
import { accepted, found, MEANWHILE, times, writing, written } from '../contract/verbs.ts';
import { fill, inFile } from './places.ts';

const STEP: readonly Write[] = times(500, () => list.put(['under way']));

describe('a group of changes (SQLite)', () => {
  let engine: Engine;
  let database: Sqlite;
  let stored: () => readonly string[];
  const save = async (id: string) => accepted(await engine.change(writing(persons.save({ id }))));

  beforeEach(() => {
    const place = inFile();
    const parts = openTables(place.directory(), 'crash', TABLES);
    database = parts.database;
    engine = createSqliteEngine(parts, () => 0);
    stored = () => (place.stored?.(persons.name) ?? []).map((body) => persons.renew(body).id);
  });
  afterEach(() => engine.close());

  it('is stored as a whole at the end of the turn, and nobody is told before', async () => {
    const [first, second] = [await save('a'), await save('b')];
    let told = false;
    void second.durable.then(() => {
      told = true;
    });
    await Promise.resolve();
    assert.equal(told, false);
    assert.deepEqual(stored(), []);
    const read = accepted(await engine.read(persons.find('a')));
    assert.deepEqual(read.result, { id: 'a' });
    assert.equal(first.durable, second.durable);
    assert.equal(first.durable, read.durable);
    assert.equal(await first.durable, undefined);
    assert.deepEqual(stored(), ['a', 'b']);
  });

  it('begins anew after each turn', async () => {
    for (const id of ['a', 'b', 'c']) {
      assert.equal(await (await save(id)).durable, undefined);
      assert.ok(stored().includes(id));
    }
  });

  it('ends at once where somebody wants to be alone', async () => {
    const first = await save('a');
    const long = engine.exclusive(MEANWHILE, () => [[persons.save({ id: 'long' })]]);
    assert.deepEqual(stored(), ['a', 'long']);
    assert.equal(await first.durable, undefined);
    assert.equal(await long, undefined);
    const second = await save('b');
    assert.notEqual(second.durable, first.durable);
    // The first group's turn ends here; that of the second may end with it, but not without being stored.
    await setImmediate();
    assert.equal(await second.durable, undefined);
    assert.deepEqual(stored(), ['a', 'long', 'b']);
  });

  it('ends before a block of numbers is taken, and only then', async () => {
    const numbers = engine.numbers('series');
    const first = await save('a');
    numbers.next();
    assert.deepEqual(stored(), ['a']);
    assert.equal(await first.durable, undefined);
    const second = await save('b');
    for (let given = 1; given < 1000; given += 1) numbers.next();
    assert.deepEqual(stored(), ['a']);
    numbers.next();
    assert.deepEqual(stored(), ['a', 'b']);
    assert.equal(await second.durable, undefined);
  });

  it('tells every member when the commit fails, and nothing of it is stored or counts', async () => {
    await written(engine, persons.save({ id: 'before' }), list.put(['Oslo']));
    // The commit itself fails: a foreign key that is checked at the end, of which no member could know.
    database.exec(`CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)`);
    const entry = changes.entry(0, { text: 'undone' });
    const members = await Promise.all([
      save('a'),
      engine.change(writing(persons.save({ id: 'b' }, entry), list.put([]))).then(accepted),
    ]);
    database.exec('INSERT INTO child VALUES (1)');
    for (const { durable } of members) await assert.rejects(durable, /FOREIGN KEY/);
    assert.deepEqual(stored(), ['before']);
    assert.equal(database.inTransaction, false);
    assert.deepEqual(list.current(engine), ['Oslo']);
    await written(engine, persons.save({ id: 'after' }, changes.entry(0, { text: 'after' })));
    assert.deepEqual(stored(), ['before', 'after']);
    assert.equal(await found(engine, changes.last()), 1);
  });

  it('tells every member when a full disk undoes the whole transaction', async () => {
    const { durable } = await save('a');
    const room = fill(database);
    const refused = await engine.change(writing(persons.save({ id: 'x', note: 'x'.repeat(100_000) })));
    assert.ok('loss' in refused);
    assert.match(refused.loss, /the disk is full/);
    assert.match((await durable)?.loss ?? '', /a change that came at the same time/);
    assert.deepEqual(stored(), []);
    room();
    await written(engine, persons.save({ id: 'b' }));
    assert.deepEqual(stored(), ['b']);
  });

  it('is not held up by a long change of a few writes, which is made at once', async () => {
    void engine.exclusive(MEANWHILE, () => [STEP.slice(1)]);
    assert.equal(engine.hindrance(), undefined);
    assert.deepEqual(list.current(engine), ['under way']);
    assert.equal(await (await save('a')).durable, undefined);
  });

  it('is refused with what hinders it: a long change, an end', async () => {
    let over = false;
    const long = engine.exclusive(MEANWHILE, function* () {
      while (!over) yield STEP;
    });
    assert.deepEqual(engine.hindrance(), { loss: MEANWHILE, passes: true });
    over = true;
    await long;
    const endless = engine.exclusive(MEANWHILE, function* () {
      for (;;) yield STEP;
    });
    await engine.close();
    const closed = { loss: 'the register was closed before the change was made', passes: false };
    assert.deepEqual(await endless, closed);
    assert.deepEqual(engine.hindrance(), closed);
  });

  it('has nothing of a long change whose transaction was undone under way', async () => {
    const long = await engine.exclusive(MEANWHILE, function* () {
      yield [persons.save({ id: 'a' }), list.put([])];
      // As SQLite does where a block of numbers finds the disk full.
      database.exec('ROLLBACK');
      yield [persons.save({ id: 'b' })];
    });
    assert.ok(long && 'loss' in long);
    assert.deepEqual(stored(), []);
    assert.deepEqual(list.current(engine), ['none yet']);
    assert.equal(engine.hindrance(), undefined);
  });

  it('is told of what cannot be read, as a loss', async () => {
    database.pragma('wal_checkpoint(TRUNCATE)');
    await written(engine, persons.save({ id: 'a' }));
    const root = database
      .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
      .pluck()
      .get(persons.name);
    database.unsafeMode();
    database.pragma('writable_schema = ON');
    database.prepare('UPDATE sqlite_schema SET rootpage = 999999 WHERE rootpage = ?').run(root);
    database.pragma('writable_schema = RESET');
    const answer = await engine.read(persons.count());
    assert.ok('loss' in answer);
    assert.match(answer.loss, /it is damaged/);
  });

  it('leaves each state the number of its last change', async () => {
    const save = (id: string, count: number) => persons.save({ id, count }, changes.entry(0, { text: id }));
    await written(engine, save('a', 1), save('b', 1), save('a', 2));
    await written(engine, persons.save({ id: 'b', count: 2 }), persons.save({ id: 'c' }));
    assert.deepEqual(database.prepare('SELECT id, changed FROM t_person ORDER BY place').raw().all(), [
      ['a', 3],
      ['b', 2],
      ['c', null],
    ]);
  });

  it('leaves running numbers free to go on where the disk takes no new block', () => {
    const numbers = engine.numbers('series');
    for (let given = 0; given < 1000; given += 1) numbers.next();
    database.pragma('query_only = ON');
    assert.deepEqual([numbers.next(), numbers.next()], [1001, 1002]);
    database.pragma('query_only = OFF');
  });
});
