// Registers of other versions of today's form: what has grown is made anew, and what is newer or not whole is told.

import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Engine, Table } from '../../../src/store/engine.ts';
import { openEngine } from '../../../src/store/open.ts';
import { DataDirectoryError } from '../../../src/store/refusals.ts';
import { collection, log, onceKeys } from '../../../src/store/tables.ts';
import { newDirectory } from '../../directories.ts';
import { found, times, written } from '../contract/verbs.ts';

interface Thing {
  readonly id: string;
  readonly name: string;
}
const changes = log('change');
const keys = onceKeys('key', 10);

/** Things whose names were in capitals once, and that were found by other keys. */
const thingsOf = (form: number, key: 'name' | 'initial' | undefined, onRead = (): void => undefined) =>
  collection({
    name: 'thing',
    form,
    numbered: true,
    keys:
      key === undefined
        ? []
        : [{ name: key, unique: key === 'name', of: ({ name }) => (key === 'name' ? name : name[0]) }],
    encode: (state: Thing) => state,
    decode: (state) => {
      onRead();
      return { ...state, name: form > 1 ? state.name.toLowerCase() : state.name };
    },
  });
const first = thingsOf(1, 'initial');

const openOn = (directory: string, tables: readonly Table[]): Engine =>
  openEngine({ directory, durability: 'crash', real: () => 0 }, tables);
const onDatabase = <Result>(directory: string, run: (database: Database.Database) => Result): Result => {
  const database = new Database(join(directory, 'register.db'));
  try {
    return run(database);
  } finally {
    database.close();
  }
};

describe('a register of another version', () => {
  let directory: string;

  beforeEach(async () => {
    directory = newDirectory();
    const engine = openOn(directory, [first, changes]);
    await written(
      engine,
      ...times(2500, (index) =>
        first.save({ id: `${index}`, name: `Thing ${index}` }, changes.entry(index, {})),
      ),
    );
    await written(engine, first.save({ id: '7', name: 'Seven' }, changes.entry(0, {})), first.remove('8'));
    await engine.close();
  });

  it('whose states have another form now has all of them, in their order, with other keys and their numbers', async () => {
    const changed = (): unknown =>
      onDatabase(directory, (database) =>
        database.prepare('SELECT id, changed FROM thing ORDER BY place').raw().all(),
      );
    const before = changed();
    const second = thingsOf(2, 'name');
    const engine = openOn(directory, [second, changes]);
    const { states } = await found(engine, second.page(5000));
    assert.deepEqual(
      states.map(({ id }) => id),
      times(2500, String).filter((id) => id !== '8'),
    );
    assert.deepEqual(await found(engine, second.findBy('name', 'seven')), { id: '7', name: 'seven' });
    const taken = await engine.change({
      load: second.find('9'),
      decide: () => ({ result: undefined, writes: [second.save({ id: '9', name: 'seven' })] }),
    });
    assert.ok('conflict' in taken);
    await engine.close();
    assert.deepEqual(changed(), before);

    let read = 0;
    const again = thingsOf(2, 'name', () => {
      read += 1;
    });
    await openOn(directory, [again, changes]).close();
    assert.equal(read, 0);
    await openOn(directory, [thingsOf(3, undefined), changes]).close();
    assert.deepEqual(changed(), before);
  });

  it('whose states cannot be read in the form of today stays as it was', async () => {
    const failing = thingsOf(2, 'name', () => assert.fail('half-way'));
    assert.throws(() => openOn(directory, [failing, changes]), /half-way/);
    const engine = openOn(directory, [first, changes]);
    assert.equal((await found(engine, first.find('7')))?.name, 'Seven');
    assert.equal((await found(engine, first.all('initial', 'T'))).length, 2498);
    await engine.close();
  });

  it('that lacks tables of today gets them, and keeps those that are not wanted any more', async () => {
    await openOn(directory, [keys]).close();
    const engine = openOn(directory, [first, changes, keys]);
    assert.equal(await found(engine, first.count()), 2499);
    await engine.close();
  });

  const refused = (tables: readonly Table[], line: RegExp): void => {
    assert.throws(
      () => openOn(directory, tables),
      (error: unknown) => {
        assert.ok(error instanceof DataDirectoryError);
        assert.match(error.message, line);
        assert.match(error.message, /^[^\n]+$/);
        return true;
      },
    );
  };

  it('whose states are of a newer form is refused in one line, and is left as it is', async () => {
    await openOn(directory, [thingsOf(3, undefined), changes]).close();
    refused(
      [thingsOf(2, 'name'), changes, keys],
      /register\.db was written by a newer version \(form 3 of thing, this one knows 2\); upgrade/,
    );
    const tables = onDatabase(directory, (database) =>
      database.prepare("SELECT name FROM sqlite_schema WHERE name = 'key'").all(),
    );
    assert.deepEqual(tables, []);
    await openOn(directory, [thingsOf(3, undefined), changes]).close();
  });

  it('that is newer as a whole is refused in one line', () => {
    onDatabase(directory, (database) => database.pragma('user_version = 99'));
    refused([first, changes], /newer version \(schema 99, this one knows \d+\); upgrade/);
  });

  it('that lacks an index, a column or a table is told as damaged, and which', () => {
    const whole = directory;
    for (const [damage, part] of [
      ['DROP INDEX thing_initial', 'index thing_initial'],
      ['DROP INDEX thing_changed', 'index thing_changed'],
      ['ALTER TABLE thing DROP COLUMN body', 'column thing.body'],
      ['DROP TABLE change', 'table change'],
      ['DROP TABLE counter', 'table counter'],
      ['DROP TABLE value', 'table value'],
    ] as const) {
      directory = newDirectory();
      copyFileSync(join(whole, 'register.db'), join(directory, 'register.db'));
      onDatabase(directory, (database) => database.exec(damage));
      refused([first, changes], new RegExp(`it is damaged; .*\\(it has no ${part}\\)$`));
    }
  });

  it('that does not know which tables it has, or lacks one that has another form now, is damaged too', () => {
    onDatabase(directory, (database) => database.exec('DROP TABLE thing'));
    refused([thingsOf(2, 'name'), changes], /it is damaged; move it away/);
    onDatabase(directory, (database) => database.exec('DROP TABLE form'));
    refused([first, changes], /it is damaged; move it away/);
  });
});
