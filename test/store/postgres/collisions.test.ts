// A connection that is lost, and changes that collide: what is acknowledged is stored, and nothing is stored twice.

import assert from 'node:assert/strict';
import { type Engine, isLoss, type Work } from '../../../src/store/engine.ts';
import { openPostgres } from '../../../src/store/postgres/open.ts';
import { keyOf } from '../../../src/store/tables.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { changes, persons, TABLES, tokens } from '../contract/tables.ts';
import { accepted, found, made, times, writing, written } from '../contract/verbs.ts';
import { cluster, makeCluster } from './cluster.ts';
import { openImpatient, writtenAtLast } from './impatient.ts';
import { commitIn, openPassage, type Passage } from './passage.ts';

/** In milliseconds: long enough for any machine. */
const PATIENT = 50_000;

describeWith([stacks.postgresql], 'a change in PostgreSQL', () => {
  let store: string;
  let passage: Passage;
  let engine: Engine;

  const address = (): string => store.replace(cluster().folder, passage.folder);
  beforeEach(async () => {
    store = cluster().database();
    passage = await openPassage(cluster().folder);
    engine = await openPostgres({ address: address(), connections: 4, timeout: PATIENT }, TABLES, () => 0);
  });
  afterEach(async () => {
    await engine.close();
    passage.end();
  });

  /** Counts a person up, with a row and a key; says how often it was decided. */
  const counting = (key: string) => {
    const decided = { times: 0 };
    const work: Work<{ readonly count?: number | undefined } | undefined, number> = {
      load: persons.find('a'),
      once: { table: tokens.name, key: keyOf(key), until: 100, now: 0 },
      decide: (before, seen) => {
        decided.times += 1;
        const count = (before?.count ?? 0) + 1;
        const entry = changes.entry(0, { text: `${count}` });
        return { result: seen ? -1 : count, writes: [persons.save({ id: 'a', count }, entry)] };
      },
    };
    return { work, decided };
  };
  const assertCounted = async (count: number): Promise<void> => {
    assert.equal((await found(engine, persons.find('a')))?.count ?? 0, count);
    const rows = await found(engine, changes.rows({ limit: 1000 }));
    assert.deepEqual(
      rows.map(({ id, text }) => `${id} ${text}`),
      times(count, (index) => `${count - index} ${count - index}`),
    );
  };
  /** Cuts the connection once, when the engine sends this. */
  const cutAt = (sent: string, when: 'before' | 'after'): void => {
    passage.watch((octets) => {
      if (!octets.includes(sent)) return undefined;
      passage.watch(undefined);
      return when;
    });
  };
  const raising = (state: string, most: number): void =>
    void cluster().sql(
      store,
      `CREATE SEQUENCE kontakt.tries;
       CREATE FUNCTION kontakt.collide() RETURNS trigger LANGUAGE plpgsql AS
         $$BEGIN IF nextval('kontakt.tries') <= ${most} THEN RAISE EXCEPTION USING ERRCODE = '${state}'; END IF; RETURN NEW; END$$;
       CREATE TRIGGER collides BEFORE INSERT OR UPDATE ON kontakt.t_person FOR EACH ROW EXECUTE FUNCTION kontakt.collide()`,
    );

  for (const [name, state] of [
    ['a serialisation failure', '40001'],
    ['a deadlock', '40P01'],
  ] as const) {
    it(`is decided again after ${name}, and stored once`, async () => {
      raising(state, 3);
      const { work, decided } = counting('a');
      assert.equal(await made(engine, work), 1);
      assert.equal(decided.times, 4);
      await assertCounted(1);
    });

    it(`is given up where ${name} comes again and again, and its key is free`, async () => {
      raising(state, 1000);
      const { work, decided } = counting('a');
      const answer = await engine.change(work);
      assert.ok(isLoss(answer));
      assert.deepEqual([answer.passes, /collided/.test(answer.loss)], [true, true]);
      assert.ok(decided.times > 1 && decided.times < 20, String(decided.times));
      cluster().sql(store, 'DROP TRIGGER collides ON kontakt.t_person');
      assert.equal(await made(engine, work), 1);
      await assertCounted(1);
    });
  }

  for (const [when, sent] of [
    ['before', 'COMMIT\0'],
    ['after', 'COMMIT\0'],
    ['before', 'BEGIN'],
    ['after', 'BEGIN'],
    ['after', 'INSERT'],
  ] as const)
    it(`is stored once where its connection is lost ${when} ${sent.replace('\0', '')} is sent`, async () => {
      await written(engine, persons.save({ id: 'other' }));
      for (let round = 1; round <= 10; round += 1) {
        cutAt(sent, when);
        const { work } = counting(`${round}`);
        const answer = await engine.change(work);
        const { result, durable } = accepted<number>(answer);
        assert.equal(await durable, undefined);
        assert.equal(result, round);
        // Whoever sends the same again is told so.
        assert.equal(await made(engine, work), -1);
      }
      await assertCounted(10);
    });

  it('is told to be undone where all of it was written, and its commit never came', async () => {
    passage.watch((octets) => {
      const commit = commitIn(octets);
      if (commit !== undefined) passage.watch(undefined);
      return commit;
    });
    const { work } = counting('a');
    const { durable } = accepted<number>(await engine.change(work));
    assert.match((await durable)?.loss ?? '', /the change was not made/);
    await assertCounted(0);
    assert.equal(await made(engine, work), 1);
    await assertCounted(1);
  });

  it('is told to all who came with it, each with its own answer', async () => {
    for (let round = 0; round < 5; round += 1) {
      cutAt('COMMIT\0', round % 2 === 0 ? 'after' : 'before');
      const results = await Promise.all(
        times(20, (index) => made(engine, counting(`${round} ${index}`).work)),
      );
      assert.deepEqual(
        results.sort((one, two) => one - two),
        times(20, (index) => 20 * round + index + 1),
      );
    }
    await assertCounted(100);
  });

  it('is stored once where the server crashes before the commit and somebody else comes first afterwards', async () => {
    const server = makeCluster();
    const database = server.database();
    server.sql(database, 'CREATE TABLE theirs (id int)');
    const way = await openPassage(server.folder);
    const own = await openPostgres(
      { address: database.replace(server.folder, way.folder), connections: 4, timeout: PATIENT },
      TABLES,
      () => 0,
    );
    way.watch((octets) => {
      if (!octets.includes('COMMIT\0')) return undefined;
      way.watch(undefined);
      server.stop('immediate');
      server.start();
      // It gets the number that the transaction had which was lost.
      server.sql(database, 'INSERT INTO theirs VALUES (1)');
      return 'before';
    });
    assert.equal(await made(own, counting('a').work), 1);
    assert.equal((await found(own, persons.find('a')))?.count, 1);
    await own.close();
    way.end();
  }).timeout(60_000);

  it('does not keep anybody from reading, however many there are', async () => {
    const MOST = 3000;
    let changed = 0;
    let answered = false;
    const writer = async (name: string): Promise<void> => {
      while (!answered && changed < MOST) {
        // The next one comes while this one is being stored.
        accepted(await engine.change(writing(persons.save({ id: name }))));
        changed += 1;
      }
    };
    const writers = Promise.all(times(8, (index) => writer(`${index}`)));
    while (changed < 20) await new Promise((resolve) => setImmediate(resolve));
    await found(engine, persons.count());
    answered = true;
    await writers;
    assert.ok(changed < MOST, 'the read came when nobody changed anything any more');
  });

  it('goes on while somebody ends connections at random', async () => {
    let over = false;
    let pause = 15;
    const ending = (async () => {
      while (!over) {
        passage.cut();
        // Longer and longer, so that some change comes through on any machine.
        pause *= 1.05;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    })();
    const outcomes: boolean[] = [];
    for (let index = 0; index < 60 || !outcomes.includes(true); index += 1) {
      const answer = await engine.change(counting(`${index}`).work);
      const stored = 'durable' in answer && (await answer.durable) === undefined;
      outcomes.push(stored);
      // While it is lost everything is refused at once.
      if (!stored) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    over = true;
    await ending;
    const stored = outcomes.filter(Boolean).length;
    while (engine.hindrance()) await new Promise((resolve) => setTimeout(resolve, 50));
    const count = (await found(engine, persons.find('a')))?.count ?? 0;
    assert.ok(count >= stored, `${stored} acknowledged, ${count} there`);
    await assertCounted(count);
  }).timeout(120_000);

  it('is refused within its time where the network stalls, and made again when it goes on', async () => {
    await engine.close();
    engine = await openImpatient(address());
    await writtenAtLast(engine, persons.save({ id: 'before' }));
    passage.stall();
    const answer = await engine.change(writing(persons.save({ id: 'stalled' })));
    assert.ok(isLoss(answer));
    assert.match(answer.loss, /^PostgreSQL: [^\n]+$/);
    while (!engine.hindrance()) await new Promise((resolve) => setTimeout(resolve, 100));
    // From now on nobody waits.
    assert.match(engine.hindrance()?.loss ?? '', /does not answer in time/);
    assert.ok(isLoss(await engine.read(persons.count())));
    passage.goOn();
    await writtenAtLast(engine, persons.save({ id: 'after' }));
  }).timeout(60_000);
});
