// The journal's file: what is kept and for how long, what a damaged or foreign one comes to, and a disk that is full.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Archive, type Bounds, batchOf, isLost } from '../../src/journal/archive.ts';
import { openArchive } from '../../src/store/archive.ts';
import { newDirectory } from '../directories.ts';
import { ALL } from '../journal/wanted.ts';
import { archiveCases, entries, good, MIB, numbers, USUAL } from './contract/archive.ts';

const opened: Archive[] = [];
const open = (directory: string, bounds: Partial<Bounds> = {}, told: string[] = [], now = 0): Archive => {
  const archive = openArchive({
    directory,
    bounds: { ...USUAL, ...bounds },
    real: () => now,
    onTold: (message) => told.push(message),
  });
  opened.push(archive);
  return archive;
};
describe('the file of the journal', () => {
  afterEach(async () => {
    for (const archive of opened.splice(0)) await archive.close();
  });

  archiveCases(() => {
    const directory = newDirectory();
    return { open: async (bounds, now) => open(directory, bounds, [], now), end: async () => undefined };
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
