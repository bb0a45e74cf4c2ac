// Changes that come together: each whole or not at all, stored by one commit, and told of only then.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { isProblem } from '../../src/kernel/problem.ts';
import { type CommitGroup, createCommitGroup } from '../../src/store/group.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import type { Sqlite } from '../../src/store/sqlite.ts';
import { newDirectory } from '../directories.ts';

describe('a group of changes', () => {
  let opened: OpenStore;
  let outside: Sqlite;
  let group: CommitGroup;

  const insert = (name: string): void => {
    opened.database.transaction(() => {
      opened.database.prepare('INSERT INTO leverandoer VALUES (?, ?)').run(name, name);
    })();
  };
  /** What another connection sees: what was committed. */
  const stored = (): unknown[] =>
    outside.prepare('SELECT orgnr FROM leverandoer ORDER BY orgnr').pluck().all();
  const fill = (): void => {
    const pages = opened.database.pragma('page_count', { simple: true });
    opened.database.pragma(`max_page_count = ${pages}`);
  };

  beforeEach(() => {
    const directory = newDirectory();
    opened = openStore(directory, 'crash');
    outside = new Database(join(directory, 'register.db'), { readonly: true });
    group = createCommitGroup(opened.database);
  });
  afterEach(() => {
    outside.close();
    opened.close();
  });

  it('is stored as a whole at the end of the turn, and nobody is told before', async () => {
    assert.equal(group.stored(), undefined);
    assert.equal(
      group.join(() => {
        insert('a');
        return 1;
      }),
      1,
    );
    const first = group.stored();
    group.join(() => insert('b'));
    const second = group.stored();
    let told = false;
    void second?.then(() => {
      told = true;
    });
    await Promise.resolve();
    assert.equal(told, false);
    assert.deepEqual(stored(), []);
    assert.equal(first, second);
    assert.equal(await first, undefined);
    assert.deepEqual(stored(), ['a', 'b']);
    assert.equal(group.stored(), undefined);
  });

  it('begins anew after each turn', async () => {
    for (const name of ['a', 'b', 'c']) {
      group.join(() => insert(name));
      assert.equal(await group.stored(), undefined);
      assert.ok(stored().includes(name));
    }
  });

  it('goes on without a change that failed', async () => {
    group.join(() => insert('a'));
    assert.throws(() =>
      group.join(() =>
        opened.database.transaction(() => {
          insert('undone');
          insert('a');
        })(),
      ),
    );
    group.join(() => insert('c'));
    assert.equal(await group.stored(), undefined);
    assert.deepEqual(stored(), ['a', 'c']);
  });

  it('ends at once where somebody wants to be alone', async () => {
    group.join(() => insert('a'));
    const first = group.stored();
    group.flush();
    assert.deepEqual(stored(), ['a']);
    assert.equal(await first, undefined);
    group.flush();
    group.join(() => insert('b'));
    const second = group.stored();
    assert.notEqual(second, first);
    // The first group's turn ends here; that of the second may end with it, but not without being stored.
    await setImmediate();
    assert.equal(await second, undefined);
    assert.deepEqual(stored(), ['a', 'b']);
  });

  it('tells every member when the commit fails, and nothing of it is stored', async () => {
    group.join(() => insert('before'));
    await group.stored();
    group.join(() => insert('a'));
    group.join(() => insert('b'));
    const waiting = group.stored();
    // The commit itself fails: a foreign key that is checked at the end, of which no member could know.
    opened.database.pragma('defer_foreign_keys = ON');
    opened.database.prepare("INSERT INTO postkasse VALUES ('nobody00000', '984661185', 'x', NULL, 1)").run();
    await assert.rejects(waiting ?? Promise.resolve(), /FOREIGN KEY/);
    assert.deepEqual(stored(), ['before']);
    assert.equal(opened.database.inTransaction, false);
    group.join(() => insert('after'));
    assert.equal(await group.stored(), undefined);
    assert.deepEqual(stored(), ['after', 'before']);
  });

  it('tells every member when a full disk undoes the whole transaction', async () => {
    group.join(() => insert('a'));
    const waiting = group.stored();
    fill();
    const refused = group.join(() => insert('x'.repeat(100_000)));
    assert.ok(isProblem(refused));
    assert.match(refused.explanation.found, /the disk is full/);
    const lost = await waiting;
    assert.match(lost?.explanation.found ?? '', /a change that came at the same time/);
    assert.deepEqual(stored(), []);
    assert.equal(group.stored(), undefined);
  });

  it('is not begun while somebody makes a long change, and goes on afterwards', async () => {
    let over = false;
    group.join(() => insert('before'));
    const before = group.stored();
    const long = group.exclusive(function* () {
      insert('long');
      while (!over) yield 500;
    });
    assert.equal(await before, undefined);
    await setImmediate();
    assert.deepEqual(stored(), ['before']);
    const refused = group.join(() => insert('between'));
    assert.ok(isProblem(refused));
    assert.equal(refused.problem, 'register.unavailable');
    assert.match(refused.explanation.found, /being reset/);
    assert.match(refused.explanation.remedy, /wait until that is over/);
    assert.equal(group.stored(), undefined);
    assert.deepEqual(group.hindrance(), { cause: 'the register is being reset', passes: true });
    over = true;
    await long;
    assert.equal(group.hindrance(), undefined);
    group.join(() => insert('after'));
    await group.stored();
    assert.deepEqual(stored(), ['after', 'before', 'long']);
  });

  it('is not held up by a change of a few rows, which is made at once', () => {
    void group.exclusive(function* () {
      insert('a');
      yield 499;
    });
    assert.deepEqual(stored(), ['a']);
    assert.equal(
      group.join(() => 'free'),
      'free',
    );
    group.flush();
  });

  it('finds nothing of a long change that fails, or that is closed in the middle', async () => {
    const failing = group.exclusive(function* () {
      insert('a');
      yield 500;
      throw new Error('half-way');
    });
    await assert.rejects(failing, /half-way/);
    const endless = group.exclusive(function* () {
      insert('b');
      for (;;) yield 500;
    });
    const outcome = assert.rejects(endless, /closed before the change was made/);
    await group.close();
    await outcome;
    assert.equal(opened.database.inTransaction, false);
    assert.deepEqual(stored(), []);
  });

  it('is not begun where the register is held by somebody else', () => {
    const other = new Database(opened.database.name);
    other.exec('BEGIN IMMEDIATE');
    opened.database.pragma('busy_timeout = 1');
    const refused = group.join(() => insert('a'));
    assert.ok(isProblem(refused));
    assert.match(refused.explanation.found, /another program holds it locked/);
    assert.equal(group.stored(), undefined);
    other.exec('ROLLBACK');
    other.close();
    assert.equal(
      group.join(() => 'free'),
      'free',
    );
    group.flush();
  });
});
