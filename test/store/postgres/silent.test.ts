// A network that lets nothing through and ends no connection: nobody waits longer than the first who waited for too long.

import assert from 'node:assert/strict';
import { type Engine, isLoss } from '../../../src/store/engine.ts';
import { openPostgres } from '../../../src/store/postgres/open.ts';
import { DataDirectoryError } from '../../../src/store/refusals.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { persons, TABLES } from '../contract/tables.ts';
import { found, MEANWHILE, times, writing } from '../contract/verbs.ts';
import { cluster } from './cluster.ts';
import { openImpatient, SHORT, writtenAtLast } from './impatient.ts';
import { openPassage, type Passage } from './passage.ts';

describeWith([stacks.postgresql], 'an engine whose network is silent', () => {
  let passage: Passage;
  let engine: Engine;

  beforeEach(async () => {
    passage = await openPassage(cluster().folder);
    const address = cluster().database().replace(cluster().folder, passage.folder);
    engine = await openImpatient(address);
    await writtenAtLast(engine, persons.save({ id: 'a' }));
  });
  afterEach(async () => {
    passage.goOn();
    await engine.close();
    passage.end();
  });

  /** Stalls when the engine sends this; resolves then. */
  const stallAt = (sent: string): Promise<void> =>
    new Promise((resolve) => {
      passage.watch((octets) => {
        if (!octets.includes(sent)) return undefined;
        passage.watch(undefined);
        passage.stall();
        resolve();
        return undefined;
      });
    });
  const assertSilent = (answer: object): void => {
    assert.ok(isLoss(answer as never), JSON.stringify(answer));
    assert.match((answer as { loss: string }).loss, /^PostgreSQL: it does not answer in time$/);
  };
  const goesOn = async (): Promise<void> => {
    passage.goOn();
    await writtenAtLast(engine, persons.save({ id: 'z' }));
  };

  it('answers all who wait when the first is answered, whatever the network does then, and goes on by itself', async () => {
    const stalled = stallAt('BEGIN');
    const first = engine.change(writing(persons.save({ id: 'first' })));
    await stalled;
    const others = times(5, (index) => engine.change(writing(persons.save({ id: `b${index}` }))));
    const reads = times(5, () => engine.read(persons.find('a')));
    void first.then(passage.goOn);
    assertSilent(await first);
    for (const other of [...others, ...reads]) assertSilent(await other);
    await goesOn();
    assert.deepEqual(await found(engine, persons.find('b0')), undefined);
  }).timeout(30_000);

  it('gives a start up in the midst of an upgrade, where a statement would be waited for for minutes', async () => {
    const address = cluster().database().replace(cluster().folder, passage.folder);
    let stalled = false;
    void stallAt('CREATE TABLE counter').then(() => {
      stalled = true;
    });
    // A loaded machine may be too slow for it before: that is told alike, and undone too.
    do
      await assert.rejects(
        openPostgres({ address, connections: 4, timeout: SHORT }, TABLES, () => 0),
        (error) => {
          assert.ok(error instanceof DataDirectoryError, String(error));
          assert.match(error.message, /^PostgreSQL at [^\n]*: it does not answer in time$/);
          return true;
        },
      );
    while (!stalled);
    passage.goOn();
    const again = await openImpatient(address);
    await writtenAtLast(again, persons.save({ id: 'a' }));
    await again.close();
  }).timeout(60_000);

  it('gives a long change up that it would wait minutes for', async () => {
    const stalled = stallAt('INSERT INTO "t_person"');
    const long = engine.exclusive(MEANWHILE, () => [[persons.save({ id: 'long' })]]);
    await stalled;
    const answer = await long;
    assert.ok(answer !== undefined && 'loss' in answer, JSON.stringify(answer));
    assert.match(answer.loss, /^PostgreSQL: (?:the connection to it was lost|it does not answer in time)/);
    await goesOn();
    assert.deepEqual(await found(engine, persons.find('long')), undefined);
  }).timeout(30_000);
});
