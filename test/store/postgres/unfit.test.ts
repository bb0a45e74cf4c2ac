// Databases that an engine may not use, or whose schema is not the register's: one line, and what is there stays.

import assert from 'node:assert/strict';
import type { Engine } from '../../../src/store/engine.ts';
import { openPostgres } from '../../../src/store/postgres/open.ts';
import { DataDirectoryError } from '../../../src/store/refusals.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { persons, TABLES } from '../contract/tables.ts';
import { found, writing, written } from '../contract/verbs.ts';
import { cluster } from './cluster.ts';

const USER = 'visitor';

describeWith([stacks.postgresql], 'a database that an engine cannot use', () => {
  let store: string;
  const sql = (text: string): string[] => cluster().sql(store, text);
  const open = (user = 'kontakt'): Promise<Engine> => {
    const address = store.replace('kontakt@', `${user}@`);
    return openPostgres({ address, connections: 3, timeout: 4000 }, TABLES, () => 0);
  };
  const refused = (why: RegExp, user?: string): Promise<void> =>
    assert.rejects(open(user), (error) => {
      assert.ok(error instanceof DataDirectoryError, String(error));
      assert.match(error.message, why);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });

  before(() => {
    store = cluster().database();
    sql(`CREATE ROLE ${USER} LOGIN`);
  });
  beforeEach(() => {
    store = cluster().database();
  });

  it('has a schema of this name with no table in it, or with tables of the same names', async () => {
    const foreign = /the schema kontakt belongs to another program; choose another database/;
    sql('CREATE SCHEMA kontakt; CREATE VIEW kontakt.form AS SELECT 1');
    await refused(foreign);
    sql('DROP VIEW kontakt.form');
    for (const table of ['form', 'counter', 'value', 'committed', 'series'])
      sql(`CREATE TABLE kontakt.${table} (id int)`);
    await refused(foreign);
    assert.deepEqual(sql('SELECT count(*) FROM kontakt.form'), ['0']);
  });

  it('lacks what every register has', async () => {
    await (await open()).close();
    sql('ALTER TABLE kontakt.committed DROP COLUMN number');
    await refused(/the register is damaged \(it has no column committed\.number\); restore it from a backup/);
  });

  it('gives the user no right, or too few, or no connection', async () => {
    await refused(
      /lacks a right \(permission denied for database register_\d+\); let it own the schema/,
      USER,
    );
    await (await open()).close();
    await refused(/the user may not use the schema kontakt/, USER);
    sql(`GRANT USAGE ON SCHEMA kontakt TO ${USER}; GRANT SELECT ON ALL TABLES IN SCHEMA kontakt TO ${USER}`);
    await refused(/lacks a right \(permission denied for table \w+\)/, USER);
    sql(`ALTER ROLE ${USER} CONNECTION LIMIT 0`);
    await refused(/it has no connection left \(too many connections for role "visitor"\)/, USER);
    sql(`ALTER ROLE ${USER} CONNECTION LIMIT -1 NOLOGIN`);
    await refused(/it refuses the connection \(role "visitor" is not permitted to log in\)/, USER);
    sql(`ALTER ROLE ${USER} LOGIN`);
  });

  it('has options that the server does not take', async () => {
    store = `${store}&options=-c%20work_mem=abc`;
    await refused(/it says: invalid value for parameter "work_mem": "abc" \(SQLSTATE 22023\)/);
  });

  it('takes the right away while it is used: a change says so, what is read is read, and it goes on', async () => {
    await (await open()).close();
    const grant = (what: string): string =>
      `${what} SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA kontakt`;
    sql(`GRANT USAGE ON SCHEMA kontakt TO ${USER}; ${grant('GRANT')} TO ${USER}`);
    const engine = await open(USER);
    try {
      await written(engine, persons.save({ id: 'a' }));
      sql(`REVOKE INSERT ON kontakt.t_person FROM ${USER}`);
      const answer = await engine.change(writing(persons.save({ id: 'b' })));
      assert.match(
        'loss' in answer ? answer.loss : '',
        /lacks a right \(permission denied for table t_person\)/,
      );
      assert.deepEqual(await found(engine, persons.find('a')), { id: 'a' });
      sql(`${grant('GRANT')} TO ${USER}`);
      await written(engine, persons.save({ id: 'b' }));
    } finally {
      await engine.close();
    }
  });
});
