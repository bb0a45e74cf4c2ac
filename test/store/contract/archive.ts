// What every archive of the journal does, wherever it lies. Exchanges of one emulator here: its numbers are in their order.

import assert from 'node:assert/strict';
import {
  type Archive,
  type Bounds,
  batchOf,
  entryOf,
  isLost,
  type Lost,
  storedSummaryOf,
  type Wanted,
} from '../../../src/journal/archive.ts';
import type { JournalEntry } from '../../../src/journal/entry.ts';
import { exchange } from '../../journal/exchange.ts';
import { newJournal } from '../../journal/new-journal.ts';
import { ALL } from '../../journal/wanted.ts';

export const MIB = 1024 * 1024;
export const good = <Value>(value: Value | Lost): Value => {
  assert.ok(!isLost(value), JSON.stringify(value));
  return value;
};

/** Entries of one journal, each of so many bytes. */
export const entries = (count: number, bytes = 10, service?: string): readonly JournalEntry[] => {
  const journal = newJournal(() => 0);
  const made: JournalEntry[] = [];
  journal.subscribe((entry) => made.push(entry));
  for (let number = 0; number < count; number += 1) exchange(journal, bytes, bytes, { service });
  return made;
};

export const USUAL: Bounds = { entries: 100_000, bytes: 256 * MIB, age: 1e12 };

export const numbers = async (archive: Archive, wanted: Partial<Wanted> = {}): Promise<number[]> =>
  good(await archive.list({ ...ALL, ...wanted })).map((one) => storedSummaryOf(one).number);

/** Somewhere to keep one journal. */
export interface Place {
  /**
   * Opens it, or opens it again.
   *
   * @param now the real time, in milliseconds since 1970
   */
  open(bounds: Bounds, now: number): Promise<Archive>;
  /** Closes what is open and lets go of everything. */
  end(): Promise<void>;
}

const explanation = {
  check: 'c',
  expected: 'e',
  found: 'f',
  rule: 'r',
  basis: 'assumed',
  remedy: 'r',
} as const;

/** @param make a place for one case */
export const archiveCases = (make: () => Place): void => {
  let place: Place;
  beforeEach(() => {
    place = make();
  });
  afterEach(() => place.end());
  const open = (bounds: Partial<Bounds> = {}, now = 0): Promise<Archive> =>
    place.open({ ...USUAL, ...bounds }, now);

  it('keeps each profile once, and every exchange with the one that judged it', async () => {
    const journal = newJournal(() => 0);
    const made: JournalEntry[] = [];
    journal.subscribe((entry) => made.push(entry));
    const names = ['one', 'other', 'one', 'one'];
    for (const name of names) exchange(journal, 1, 1, { judged: { profile: { name }, trust: '0', at: 0 } });
    exchange(journal, 1);
    const batch = batchOf(made, 1);
    assert.equal(batch.profiles.length, 2);
    const archive = await open();
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
    const first = await open();
    good(await first.append(batchOf([entry], 1)));
    await first.close();
    const again = await open();
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
    const archive = await open();
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
    const archive = await open({ entries: 10 });
    for (const entry of entries(25)) good(await archive.append(batchOf([entry], 1)));
    assert.deepEqual(await numbers(archive), [25, 24, 23, 22, 21, 20, 19, 18, 17, 16]);
    assert.equal(good(await archive.size()).entries, 10);
    await archive.close();
    const fewer = await open({ entries: 3 });
    assert.deepEqual(await numbers(fewer), [25, 24, 23], 'also where fewer are wanted than there are');
  });

  it('keeps none that is larger than all may be, and goes on', async () => {
    const archive = await open({ bytes: MIB });
    good(await archive.append(batchOf(entries(1, MIB), 1)));
    assert.deepEqual(await numbers(archive), []);
    good(await archive.append(batchOf(entries(3), 1)));
    assert.deepEqual(await numbers(archive), [3, 2, 1]);
  });

  it('keeps an exchange as long as it may', async () => {
    const archive = await open({ age: 100 });
    const all = entries(30);
    for (const [index, entry] of all.slice(0, 20).entries())
      good(await archive.append(batchOf([entry], 10 * index)));
    assert.deepEqual(await numbers(archive), [20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10]);
    good(await archive.prune(250));
    assert.deepEqual(await numbers(archive), [20, 19, 18, 17, 16]);
    await archive.close();
    const later = await open({ age: 100 }, 281);
    assert.deepEqual(await numbers(later), [20], 'also what has grown old while it was closed');
  });

  it('keeps what was found out about an exchange, as long as the exchange', async () => {
    const archive = await open({ entries: 2 });
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
};
