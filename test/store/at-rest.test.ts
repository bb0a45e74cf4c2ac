// A register at rest is one file: it can be copied as it lies there.

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { newDataDirectory, newDirectory } from '../directories.ts';
import { control } from '../running.ts';
import { openEmulator } from '../starting.ts';
import { readerOf } from '../told.ts';

const PERSON = '14897410894';

/** Whether a copy of the register’s main file alone knows an active person; before it rests, it may be no whole register. */
const copyKnows = (data: string, id: string): boolean => {
  const copy = join(newDirectory(), 'copy.db');
  copyFileSync(join(data, 'register.db'), copy);
  const database = new Database(copy);
  try {
    const body = database
      .prepare<[string], string>('SELECT body FROM no_person WHERE id = ?')
      .pluck()
      .get(id);
    return body?.includes('AKTIV') ?? false;
  } catch {
    return false;
  } finally {
    database.close();
  }
};

describe('a register at rest', () => {
  let data: string;
  let emulator: Emulator;
  beforeEach(async () => {
    data = await newDataDirectory();
    emulator = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', data });
  });
  afterEach(() => emulator.close());

  it('has everything in register.db when nothing has changed for a moment, and no log after a stop', async () => {
    await control(emulator.url, 'PUT', `/persons/no/${PERSON}`, {});
    assert.ok(statSync(join(data, 'register.db-wal')).size > 0);
    for (let look = 0; look < 50 && !copyKnows(data, PERSON); look += 1) await setTimeout(200);
    assert.ok(copyKnows(data, PERSON));
    // Whoever reads what was before the change keeps it in the log, however long the next lines take.
    const reader = readerOf(data);
    await control(emulator.url, 'DELETE', `/persons/no/${PERSON}`);
    assert.ok(copyKnows(data, PERSON));
    reader.close();
    await emulator.close();
    assert.ok(!existsSync(join(data, 'register.db-wal')));
    assert.ok(!copyKnows(data, PERSON));
  });

  it('is brought together while somebody reads, as far as that goes, and wholly afterwards', async () => {
    const reader = readerOf(data);
    assert.equal((await control(emulator.url, 'PUT', `/persons/no/${PERSON}`, {})).http, 200);
    await setTimeout(2500);
    assert.equal((await control(emulator.url, 'GET', `/persons/no/${PERSON}`)).http, 200);
    reader.close();
    for (let look = 0; look < 50 && !copyKnows(data, PERSON); look += 1) await setTimeout(200);
    assert.ok(copyKnows(data, PERSON));
  });
});
