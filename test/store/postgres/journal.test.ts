// The journal that emulators have together in PostgreSQL: what every archive does, and what is of several that write to one.

import assert from 'node:assert/strict';
import { type Archive, batchOf } from '../../../src/journal/archive.ts';
import { journalEmptyings } from '../../../src/store/journal-emptyings.ts';
import { createSharedArchive } from '../../../src/store/postgres/journal/archive.ts';
import { BLOCK } from '../../../src/store/postgres/numbers.ts';
import { openPostgres } from '../../../src/store/postgres/open.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { archiveCases, entries, good, MIB, numbers, type Place, USUAL } from '../contract/archive.ts';
import { cluster } from './cluster.ts';

/** A register without tables of a contract. */
const inDatabase = () => {
  const address = cluster().database();
  const settings = { address, connections: 2, timeout: 4000 };
  const ends: (() => Promise<unknown>)[] = [];
  const openOne = async (bounds = USUAL) => {
    const engine = await openPostgres(settings, [], () => 0);
    const archive = createSharedArchive(settings, engine, bounds);
    ends.push(async () => {
      await archive.close();
      await engine.close();
    });
    return { engine, archive };
  };
  return {
    address,
    openOne,
    end: async () => {
      for (const end of ends) await end();
      cluster().drop(address);
    },
  };
};

const place = (): Place => {
  const { openOne, end } = inDatabase();
  return {
    open: async (bounds, now) => {
      const { archive } = await openOne(bounds);
      good(await archive.prune(now));
      return archive;
    },
    end,
  };
};

describeWith([stacks.postgresql], 'the journal in PostgreSQL', () => {
  archiveCases(place);

  describe('of several emulators', () => {
    let database: ReturnType<typeof inDatabase>;
    beforeEach(() => {
      database = inDatabase();
    });
    afterEach(() => database.end());

    const keep = async (archive: Archive, first: number, count: number): Promise<void> => {
      for (const [index, entry] of entries(count).entries()) {
        const number = first + index;
        good(await archive.append(batchOf([{ ...entry, number, id: `${entry.id}-${number}` }], 1)));
      }
    };

    it('is in the order in which exchanges were kept, whatever their numbers are', async () => {
      const [one, other] = [await database.openOne(), await database.openOne()];
      await keep(one.archive, 1, 2);
      await keep(other.archive, BLOCK + 1, 2);
      await keep(one.archive, 3, 2);
      await keep(other.archive, BLOCK + 3, 1);
      const all = [BLOCK + 3, 4, 3, BLOCK + 2, BLOCK + 1, 2, 1];
      assert.deepEqual(await numbers(one.archive), all);
      assert.deepEqual(await numbers(other.archive), all);
      for (const [index, number] of all.entries()) {
        assert.deepEqual(
          await numbers(one.archive, { after: number }),
          all.slice(0, index),
          `after ${number}`,
        );
        assert.deepEqual(
          await numbers(one.archive, { before: number }),
          all.slice(index + 1),
          `before ${number}`,
        );
      }
      assert.deepEqual(await numbers(one.archive, { after: 0 }), all);
      assert.deepEqual(await numbers(one.archive, { before: 9 * BLOCK }), all);
      assert.deepEqual(await numbers(one.archive, { after: 9 * BLOCK }), all);
      assert.deepEqual(await numbers(one.archive, { before: 0 }), []);
      assert.deepEqual(await numbers(one.archive, { before: BLOCK + 4 }), all, 'one that is not kept yet');
    });

    it('has nothing before an exchange that is forgotten, and all that is kept after it', async () => {
      const { archive } = await database.openOne({ ...USUAL, entries: 2 });
      await keep(archive, 1, 2);
      await keep(archive, BLOCK + 1, 3);
      const kept = [BLOCK + 3, BLOCK + 2];
      assert.deepEqual(await numbers(archive), kept);
      for (const number of [1, 2]) {
        assert.deepEqual(await numbers(archive, { before: number }), []);
        assert.deepEqual(await numbers(archive, { after: number }), kept);
      }
    });

    it('keeps as many exchanges as it may when all add at once, and counts them right', async () => {
      const opened = [];
      for (let index = 0; index < 4; index += 1)
        opened.push(await database.openOne({ ...USUAL, entries: 50 }));
      await Promise.all(opened.map(({ archive }, index) => keep(archive, index * BLOCK + 1, 40)));
      const [{ archive } = assert.fail()] = opened;
      assert.equal((await numbers(archive)).length, 50);
      assert.equal(good(await archive.size()).entries, 50);
      const [counted] = cluster().sql(
        database.address,
        'SELECT count(*), sum(size) FROM kontakt.journal_exchange',
      );
      const { entries: many, bytes } = good(await archive.size());
      assert.equal(counted, `${many}|${bytes}`);
    });

    it('keeps as many bytes as it may', async () => {
      const { archive } = await database.openOne({ ...USUAL, bytes: MIB });
      for (const entry of entries(60, 20_000)) good(await archive.append(batchOf([entry], 1)));
      const kept = await numbers(archive);
      assert.equal(kept[0], 60);
      assert.ok(kept.length > 15 && kept.length < 30, String(kept.length));
      assert.ok(good(await archive.size()).bytes <= MIB);
    });

    it('keeps an exchange once that is sent again', async () => {
      const { archive } = await database.openOne();
      const some = entries(3);
      for (let times = 0; times < 2; times += 1) good(await archive.append(batchOf(some, 1)));
      assert.deepEqual(await numbers(archive), [3, 2, 1]);
      assert.equal(good(await archive.size()).entries, 3);
    });

    it('drops what was over before it was emptied and comes afterwards', async () => {
      const [one, other] = [await database.openOne(), await database.openOne()];
      await keep(one.archive, 1, 1);
      const behind = { ...other.engine, value: () => undefined, hindrance: () => undefined };
      const settings = { address: database.address, connections: 2, timeout: 4000 };
      const late = createSharedArchive(settings, behind, USUAL);
      const made = await one.engine.change({
        load: journalEmptyings.find(),
        decide: (before) => ({ result: before, writes: [journalEmptyings.put(before + 1)] }),
      });
      assert.ok('durable' in made && (await made.durable) === undefined);
      good(await one.archive.clear());
      good(await late.append(batchOf(entries(2), 1)));
      await late.close();
      assert.deepEqual(await numbers(one.archive), []);
      await keep(other.archive, BLOCK + 1, 1);
      assert.deepEqual(await numbers(one.archive), [BLOCK + 1]);
      assert.equal(good(await one.archive.size()).entries, 1);
    });

    it('says why it cannot be used, and is used again', async () => {
      const { archive } = await database.openOne();
      await keep(archive, 1, 1);
      const own = ` AND application_name = 'kontakt-emulator'`;
      cluster().sql(
        database.address,
        `ALTER TABLE kontakt.journal_exchange RENAME TO gone;
         SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()${own}`,
      );
      const lost = await archive.append(batchOf(entries(1), 1));
      assert.ok(lost && 'lost' in lost && lost.passes, JSON.stringify(lost));
      cluster().sql(database.address, 'ALTER TABLE kontakt.gone RENAME TO journal_exchange');
      let kept = await archive.append(batchOf(entries(1), 1));
      while (kept && 'lost' in kept) kept = await archive.append(batchOf(entries(1), 1));
      assert.deepEqual(await numbers(archive), [1, 1]);
      await archive.close();
      assert.deepEqual(await archive.size(), { lost: 'the journal is closed' });
    });
  });
});
