// The journal's file: what is kept and for how long, what a damaged or foreign one comes to, and a disk that is full.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  type Archive,
  type Bounds,
  batchOf,
  entryOf,
  isLost,
  type Lost,
  storedSummaryOf,
  type Wanted,
} from '../../src/journal/archive.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import { openArchive } from '../../src/store/archive.ts';
import { newDirectory } from '../directories.ts';
import { exchange } from '../journal/exchange.ts';
import { newJournal } from '../journal/new-journal.ts';
import { ALL } from '../journal/wanted.ts';

const MIB = 1024 * 1024;
const good = <Value>(value: Value | Lost): Value => {
  assert.ok(!isLost(value), JSON.stringify(value));
  return value;
};

/** Entries of one journal, each of so many bytes. */
const entries = (count: number, bytes = 10, service?: string): readonly JournalEntry[] => {
  const journal = newJournal(() => 0);
  const made: JournalEntry[] = [];
  journal.subscribe((entry) => made.push(entry));
  for (let number = 0; number < count; number += 1) exchange(journal, bytes, bytes, { service });
  return made;
};

const opened: Archive[] = [];
const open = (directory: string, bounds: Partial<Bounds> = {}, told: string[] = [], now = 0): Archive => {
  const archive = openArchive({
    directory,
    bounds: { entries: 100_000, bytes: 256 * MIB, age: 1e12, ...bounds },
    real: () => now,
    onTold: (message) => told.push(message),
  });
  opened.push(archive);
  return archive;
};
const numbers = async (archive: Archive, wanted: Partial<Wanted> = {}): Promise<number[]> =>
  good(await archive.list({ ...ALL, ...wanted })).map((one) => storedSummaryOf(one).number);

describe('the file of the journal', () => {
  afterEach(async () => {
    for (const archive of opened.splice(0)) await archive.close();
  });

  it('keeps each profile once, and every exchange with the one that judged it', async () => {
    const directory = newDirectory();
    const journal = newJournal(() => 0);
    const made: JournalEntry[] = [];
    journal.subscribe((entry) => made.push(entry));
    const names = ['one', 'other', 'one', 'one'];
    for (const name of names) exchange(journal, 1, 1, { judged: { profile: { name }, trust: '0', at: 0 } });
    exchange(journal, 1);
    const batch = batchOf(made, 1);
    assert.equal(batch.profiles.length, 2);
    const archive = open(directory);
    good(await archive.append(batch));
    const found = [];
    for (const { id } of made) {
      const row = good(await archive.find(id));
      assert.ok(row);
      found.push(entryOf(row).judged?.profile);
    }
    assert.deepEqual(found, [...names.map((name) => ({ name })), undefined]);
  });

  it('gives back an exchange as it was, after it was closed and opened again', async () => {
    const directory = newDirectory();
    const journal = newJournal(() => 5);
    const profile = { name: 'own', timestamp: { skew: 3 } };
    const trace = journal.begin({
      method: 'POST',
      path: '/a',
      remote: '::1',
      request: { headers: { 'content-type': 'text/xml' }, body: Buffer.from([0, 255, 1]) },
      service: 's',
      profile: 'own',
      judged: { profile, trust: '4', at: 17 },
    });
    trace.saw({ operation: 'O', result: 'OK' });
    trace.reached('guard');
    trace.called({ organisation: '1', subject: 'CN=a', fingerprint: 'f' });
    trace.refused({ problem: 'p.q', explanation: { ...explanation, where: '/a' } }, 'fault');
    trace.finished(500, { headers: { a: 'b' }, body: Buffer.from('æ') });
    const entry = journal.list()[0] ?? assert.fail();
    const first = open(directory);
    good(await first.append(batchOf([entry], 1)));
    await first.close();
    const again = open(directory);
    for (const id of [entry.id, '1']) {
      const found = entryOf(good(await again.find(id)) ?? assert.fail());
      const { stages, duration, ...rest } = JSON.parse(JSON.stringify(entry));
      assert.deepEqual(JSON.parse(JSON.stringify(found)), {
        ...rest,
        duration: Math.round(duration * 1000) / 1000,
        stages: { guard: Math.round(stages.guard * 1000) / 1000 },
      });
    }
    for (const id of ['2', `${entry.id}0`, '00000000-1', '', 'x', "1' OR 1"])
      assert.equal(await again.find(id), undefined, id);
  });

  it('finds by number, page by page, and by what an exchange was', async () => {
    const archive = open(newDirectory());
    const some = entries(20, 10, 'one');
    const refused = some.map((entry, index) => ({
      ...entry,
      ...(index % 5 === 0 ? { problem: 'a.b', explanation, operation: 'O', service: 'two' } : {}),
    }));
    good(await archive.append(batchOf(refused, 1)));
    assert.deepEqual(await numbers(archive, { limit: 3 }), [20, 19, 18]);
    assert.deepEqual(await numbers(archive, { limit: 3, before: 18 }), [17, 16, 15]);
    assert.deepEqual(await numbers(archive, { after: 17, before: 20 }), [19, 18]);
    for (const by of [{ refused: true }, { problem: 'a.b' }, { operation: 'O' }, { service: 'two' }])
      assert.deepEqual(await numbers(archive, by), [16, 11, 6, 1], JSON.stringify(by));
    assert.deepEqual(await numbers(archive, { service: 'one', problem: 'a.b' }), []);
    assert.deepEqual(await numbers(archive, { service: "one' OR '1" }), []);
  });

  it('keeps as many exchanges as it may, the newest', async () => {
    const directory = newDirectory();
    const archive = open(directory, { entries: 10 });
    for (const entry of entries(25)) good(await archive.append(batchOf([entry], 1)));
    assert.deepEqual(await numbers(archive), [25, 24, 23, 22, 21, 20, 19, 18, 17, 16]);
    assert.equal(good(await archive.size()).entries, 10);
    await archive.close();
    const fewer = open(directory, { entries: 3 });
    assert.deepEqual(await numbers(fewer), [25, 24, 23], 'also where fewer are wanted than there are');
  });

  it('keeps as many bytes as it may: the file does not grow beyond', async () => {
    const directory = newDirectory();
    const archive = open(directory, { bytes: MIB });
    const sizes: number[] = [];
    for (const entry of entries(200, 20_000)) {
      good(await archive.append(batchOf([entry], 1)));
      sizes.push(good(await archive.size()).bytes);
    }
    assert.ok(Math.max(...sizes) < 1.1 * MIB, String(Math.max(...sizes)));
    const kept = await numbers(archive);
    assert.equal(kept[0], 200);
    assert.ok(kept.length > 15 && kept.length < 30, String(kept.length));
    await archive.close();
    assert.ok(statSync(join(directory, 'journal.db')).size < 1.1 * MIB);
  });

  it('keeps none that is larger than all may be, and goes on', async () => {
    const archive = open(newDirectory(), { bytes: MIB });
    good(await archive.append(batchOf(entries(1, MIB), 1)));
    assert.deepEqual(await numbers(archive), []);
    good(await archive.append(batchOf(entries(3), 1)));
    assert.deepEqual(await numbers(archive), [3, 2, 1]);
  });

  it('keeps an exchange as long as it may', async () => {
    const directory = newDirectory();
    const archive = open(directory, { age: 100 });
    const all = entries(30);
    for (const [index, entry] of all.slice(0, 20).entries())
      good(await archive.append(batchOf([entry], 10 * index)));
    assert.deepEqual(await numbers(archive), [20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10]);
    good(await archive.prune(250));
    assert.deepEqual(await numbers(archive), [20, 19, 18, 17, 16]);
    await archive.close();
    const later = open(directory, { age: 100 }, [], 281);
    assert.deepEqual(await numbers(later), [20], 'also what has grown old while it was closed');
  });

  it('forgets everything when it is cleared, and gives the room back', async () => {
    const directory = newDirectory();
    const archive = open(directory);
    const all = entries(50, 50_000);
    good(await archive.append(batchOf(all, 1)));
    good(await archive.note({ id: all[0]?.id ?? '', variant: 'v', text: 'searched' }));
    assert.ok(good(await archive.size()).bytes > 4 * MIB);
    good(await archive.clear());
    assert.deepEqual(await numbers(archive), []);
    const { entries: count, bytes } = good(await archive.size());
    assert.equal(count, 0);
    assert.ok(bytes < 200_000, String(bytes));
    for (const name of readdirSync(directory))
      assert.ok(!readFileSync(join(directory, name)).includes('qqqqqqqq'), name);
  });

  it('keeps what was found out about an exchange, as long as the exchange', async () => {
    const archive = open(newDirectory(), { entries: 2 });
    const [one, ...others] = entries(3);
    const id = one?.id ?? assert.fail();
    good(await archive.append(batchOf(one ? [one] : [], 1)));
    good(await archive.note({ id, variant: 'v', text: 'found' }));
    good(await archive.note({ id: 'none-9', variant: 'v', text: 'of nothing' }));
    assert.equal(await archive.noted({ id, variant: 'v' }), 'found');
    assert.equal(await archive.noted({ id, variant: 'w' }), undefined);
    good(await archive.append(batchOf(others, 1)));
    assert.equal(await archive.noted({ id, variant: 'v' }), undefined);
  });

  const damages: Readonly<Record<string, (file: string) => void>> = {
    'is no database': (file) => writeFileSync(file, 'a note to myself\n'.repeat(1000)),
    'is cut short': (file) => writeFileSync(file, readFileSync(file).subarray(0, 5000)),
    'is damaged from its second page on': (file) => writeFileSync(file, readFileSync(file).fill(0xa5, 4096)),
    'is another program’s': (file) => {
      writeFileSync(file, '');
      const database = new Database(file);
      database.exec('CREATE TABLE mine (a)');
      database.close();
    },
    'is of a newer version': (file) => {
      const database = new Database(file);
      database.pragma('user_version = 99');
      database.close();
    },
    'lacks a column': (file) => {
      const database = new Database(file);
      database.exec('ALTER TABLE exchange DROP COLUMN kept');
      database.close();
    },
    'lacks its index': (file) => {
      const database = new Database(file);
      database.exec('DROP INDEX exchange_found');
      database.close();
    },
  };
  for (const [what, damage] of Object.entries(damages))
    it(`that ${what} is set aside and told, and a new one begun`, async () => {
      const directory = newDirectory();
      const file = join(directory, 'journal.db');
      const before = open(directory);
      good(await before.append(batchOf(entries(40, 1000), 1)));
      await before.close();
      damage(file);
      const content = readFileSync(file);
      const told: string[] = [];
      const archive = open(directory, {}, told);
      good(await archive.append(batchOf(entries(2), 1)));
      assert.deepEqual(await numbers(archive), [2, 1]);
      assert.equal(told.length, 1, told.join());
      assert.match(
        told[0] ?? '',
        /journal\.db cannot be used: .*; it was set aside as \S+journal\.db\.aside,/,
      );
      assert.ok(readFileSync(`${file}.aside`).equals(content), 'it is left as it was');
      await archive.close();
      writeFileSync(file, 'again');
      const again = open(directory, {}, told);
      assert.deepEqual(await numbers(again), []);
      assert.ok(existsSync(`${file}.aside-2`));
    });

  it('that is a folder is set aside too', async () => {
    const directory = newDirectory();
    mkdirSync(join(directory, 'journal.db'));
    const archive = open(directory);
    good(await archive.append(batchOf(entries(1), 1)));
    assert.deepEqual(await numbers(archive), [1]);
  });

  it('that is damaged while it is open is set aside when it is found out', async () => {
    const directory = newDirectory();
    const file = join(directory, 'journal.db');
    const first = open(directory);
    good(await first.append(batchOf(entries(500, 3000), 1)));
    await first.close();
    const told: string[] = [];
    const archive = open(directory, {}, told);
    good(await archive.size());
    const content = readFileSync(file);
    writeFileSync(file, content.fill(0x5a, 8 * 4096));
    for (const number of [1, 100, 250, 499]) await archive.find(String(number));
    good(await archive.append(batchOf(entries(3), 1)));
    assert.deepEqual([await numbers(archive), told.length], [[3, 2, 1], 1]);
  });

  it('drops what a full disk refuses, whole, and keeps what comes when there is room', async () => {
    const directory = newDirectory();
    const archive = open(directory);
    good(await archive.append(batchOf(entries(2), 1)));
    // Another program that holds the file stands for a disk that takes nothing: nobody can write.
    const other = new Database(join(directory, 'journal.db'));
    other.pragma('busy_timeout = 0');
    other.exec('BEGIN IMMEDIATE');
    const lost = await archive.append(batchOf(entries(9).slice(2), 1));
    assert.match(isLost(lost) ? lost.lost : '', /journal\.db: another program holds it/);
    assert.deepEqual(await numbers(archive), [2, 1]);
    other.exec('ROLLBACK');
    other.close();
    good(await archive.append(batchOf(entries(9).slice(8), 1)));
    assert.deepEqual(await numbers(archive), [9, 2, 1]);
    assert.equal(good(await archive.size()).entries, 3);
  });

  it('answers after it was closed that it is closed', async () => {
    const archive = open(newDirectory());
    await archive.close();
    const lost = await archive.list(ALL);
    assert.match(isLost(lost) ? lost.lost : '', /it is closed/);
  });
});

const explanation = {
  check: 'c',
  expected: 'e',
  found: 'f',
  rule: 'r',
  remedy: 'm',
  basis: 'assumed',
} as const;
