// Upgrades of a register in PostgreSQL: what is only added disturbs nobody; where a form changes, everything is kept, and
// whoever knows the earlier form alone changes nothing any more.

import assert from 'node:assert/strict';
import { type Engine, isLoss, type Table } from '../../../src/store/engine.ts';
import { openPostgres } from '../../../src/store/postgres/open.ts';
import { collection, log } from '../../../src/store/tables.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { changes, type Person, persons, TABLES } from '../contract/tables.ts';
import { found, times, writing, written } from '../contract/verbs.ts';
import { cluster } from './cluster.ts';

/** The persons of a later version: found by their note too. */
const later = collection({
  name: persons.name,
  form: 2,
  numbered: true,
  keys: [
    { name: 'former', unique: true, of: ({ former }: Person) => former },
    { name: 'note', unique: false, of: ({ note }: Person) => note },
  ],
  encode: (state: Person) => state,
  decode: (state: Person): Person => ({ ...state, city: state.city?.toUpperCase() }),
});
const others = TABLES.filter(({ name }) => name !== persons.name);
const added = log<{ readonly text: string }>('t_added');

describeWith([stacks.postgresql], 'an upgrade of a register in PostgreSQL', () => {
  const engines: Engine[] = [];
  const opening = async (address: string, tables: readonly Table[]): Promise<Engine> => {
    const engine = await openPostgres({ address, connections: 3, timeout: 50_000 }, tables, () => 0);
    engines.push(engine);
    return engine;
  };
  afterEach(async () => {
    for (const engine of engines.splice(0)) await engine.close();
  });

  it('that only adds tables lets the version before go on beside it', async () => {
    const store = cluster().database();
    const before = await opening(store, TABLES);
    await written(before, persons.save({ id: 'a' }));
    const after = await opening(store, [...TABLES, added]);
    await written(after, added.append(0, { text: 'new' }), persons.save({ id: 'b' }));
    await written(before, persons.save({ id: 'c' }));
    assert.equal(await found(before, persons.count()), 3);
    assert.equal(await found(after, persons.count()), 3);
  });

  it('waits for another emulator that is at it, and says so', async () => {
    const store = cluster().database();
    await (await opening(store, TABLES)).close();
    // A transaction that was prepared holds its locks without a connection: 1263488596 is KONT, 3 an upgrade.
    cluster().sql(
      store,
      "BEGIN; SELECT pg_advisory_xact_lock(1263488596, 3); PREPARE TRANSACTION 'upgrader'",
    );
    const told: string[] = [];
    const engine = await openPostgres(
      { address: store, connections: 3, timeout: 10_000 },
      TABLES,
      () => 0,
      (what) => {
        told.push(what);
        cluster().sql(store, "ROLLBACK PREPARED 'upgrader'");
      },
    );
    engines.push(engine);
    assert.equal(told.length, 1);
    assert.match(
      told[0] ?? '',
      /^PostgreSQL at [^\n]*: waiting for another emulator that opens or upgrades the register$/,
    );
  }).timeout(60_000);

  it('of a form keeps all states with their keys, order and numbers, and shuts the version before out', async () => {
    const store = cluster().database();
    const before = await opening(store, TABLES);
    const count = 2500;
    await written(
      before,
      ...times(count, (index) =>
        persons.save(
          { id: `${index}`, former: `f${index}`, city: 'Oslo', note: `n${index % 2}` },
          changes.entry(0, { text: `${index}` }),
        ),
      ),
    );
    const after = await opening(store, [later, ...others]);
    const { states } = await found(after, later.page(10_000));
    assert.deepEqual(
      states.map(({ id, city }) => `${id} ${city}`),
      times(count, (index) => `${index} OSLO`),
    );
    assert.equal((await found(after, later.all('note', 'n1'))).length, count / 2);
    assert.equal((await found(after, later.findBy('former', 'f7')))?.id, '7');
    assert.deepEqual(cluster().sql(store, 'SELECT count(changed) FROM kontakt.t_person'), [`${count}`]);
    await written(after, later.save({ id: 'new', note: 'n1' }));
    for (const answer of [
      await before.change(writing(persons.save({ id: 'late' }))),
      await before.read(changes.last()),
      await before.exclusive('meanwhile', () => [[persons.save({ id: 'late' })]]),
    ]) {
      assert.ok(answer && isLoss(answer));
      assert.match(answer.loss, /a newer version has upgraded the register/);
    }
    assert.equal(await found(after, later.count()), count + 1);
    await assert.rejects(opening(store, TABLES), /was written by a newer version \(form 2 of t_person/);
    // A second start has nothing to upgrade.
    const again = await opening(store, [later, ...others]);
    assert.equal(await found(again, later.count()), count + 1);
  });
});
