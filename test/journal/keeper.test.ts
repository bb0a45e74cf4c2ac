// The keeper: batches on their way to an archive, and what becomes of exchanges that it has no room for. No time is measured.

import assert from 'node:assert/strict';
import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import type { Archive, Batch, Lost } from '../../src/journal/archive.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { createKeeper } from '../../src/journal/keeper.ts';
import { exchange } from './exchange.ts';
import { newJournal } from './new-journal.ts';

/** An archive that answers when it is let. */
const stalling = () => {
  const arrived: { readonly batch: Batch; readonly answer: (lost?: Lost) => void }[] = [];
  let cleared = 0;
  const done = async (): Promise<undefined> => undefined;
  const archive: Archive = {
    append: (batch) =>
      new Promise((resolve) => {
        arrived.push({ batch, answer: resolve });
      }),
    list: async () => [],
    find: done,
    note: done,
    noted: done,
    prune: done,
    size: async () => ({ entries: 0, bytes: 0 }),
    close: done,
    clear: async () => {
      cleared += 1;
    },
  };
  return { archive, arrived, cleared: () => cleared };
};

/** A while in which what could not be kept is tried again. */
const untilSent = async (arrived: readonly unknown[], many: number): Promise<void> => {
  while (arrived.length < many) await pause(20);
};

const keeping = (archive: Archive) => {
  const journal = newJournal(() => 0);
  const told: string[] = [];
  const keeper = createKeeper({
    journal,
    archive,
    now: () => 7,
    onLoss: (why) => told.push(why),
    onRegain: (dropped) => told.push(`again: ${dropped}`),
  });
  return { journal, keeper, told };
};
const several = (journal: Journal, count: number, bytes = 10): void => {
  for (let made = 0; made < count; made += 1) exchange(journal, bytes);
};

describe('the keeper of the journal', () => {
  it('sends 64 exchanges as one batch, in their order, with their octets one behind the other', () => {
    const { archive, arrived } = stalling();
    const { journal } = keeping(archive);
    several(journal, 63);
    assert.equal(arrived.length, 0);
    exchange(journal, 3, 2);
    const [{ batch } = assert.fail('nothing was sent')] = arrived;
    assert.deepEqual(
      batch.rows.map(({ number }) => number),
      Array.from({ length: 64 }, (_, index) => index + 1),
    );
    assert.equal(batch.now, 7);
    assert.equal(batch.octets.length, 63 * 10 + 5);
    assert.deepEqual([batch.rows[63]?.requestBytes, batch.rows[63]?.responseBytes], [3, 2]);
  });

  it('drops and counts what an archive that stands still has no room for, and says so once', async () => {
    const { archive, arrived } = stalling();
    const { journal, keeper, told } = keeping(archive);
    several(journal, 800);
    assert.deepEqual([keeper.dropped(), told.length], [0, 0]);
    several(journal, 55);
    assert.equal(keeper.dropped(), 55);
    assert.deepEqual(told, ['they come faster than they can be written']);
    assert.equal(arrived.length, 1, 'one batch is on its way, whatever waits');
    assert.equal(journal.list().length, 855, 'the memory has them all');
    for (let batch = 0; batch < arrived.length; batch += 1) {
      arrived[batch]?.answer();
      await setImmediate();
    }
    // The rest waits for its moment, which may have come.
    assert.deepEqual(
      arrived.slice(0, 12).map(({ batch }) => batch.rows.length),
      Array.from({ length: 12 }, () => 64),
    );
    assert.deepEqual(told.slice(1), ['again: 55']);
    several(journal, 1);
    assert.equal(keeper.dropped(), 55);
  });

  it('lets no more than 16 MiB of messages wait', () => {
    const { archive } = stalling();
    const { journal, keeper } = keeping(archive);
    several(journal, 16, 1024 * 1024);
    assert.equal(keeper.dropped(), 0);
    several(journal, 1, 1);
    assert.equal(keeper.dropped(), 1);
  });

  it('counts a batch that the disk refuses, and goes on', async () => {
    const { archive, arrived } = stalling();
    const { journal, keeper, told } = keeping(archive);
    several(journal, 128);
    arrived[0]?.answer({ lost: 'the disk is full' });
    await setImmediate();
    assert.equal(keeper.dropped(), 64);
    arrived[1]?.answer();
    await setImmediate();
    assert.deepEqual(told, ['the disk is full', 'again: 64']);
  });

  it('tries again what cannot be kept for a while, and drops nothing of it', async () => {
    const { archive, arrived } = stalling();
    const { journal, keeper, told } = keeping(archive);
    several(journal, 64);
    const tried = keeper.tried();
    arrived[0]?.answer({ lost: 'the server is away', passes: true });
    await tried;
    assert.equal(keeper.waiting().length, 64);
    several(journal, 2);
    // Who asks meanwhile does not wait for the server.
    await keeper.tried();
    assert.equal(keeper.waiting().length, 66);
    await untilSent(arrived, 2);
    assert.deepEqual(arrived[1]?.batch.rows, arrived[0]?.batch.rows);
    arrived[1]?.answer();
    const rest = keeper.tried();
    await untilSent(arrived, 3);
    arrived[2]?.answer();
    await rest;
    await keeper.settled();
    assert.deepEqual([keeper.dropped(), keeper.waiting().length, told.length], [0, 0, 0]);
  });

  it('does not keep what is forgotten before it is tried again', async () => {
    const { archive, arrived } = stalling();
    const { journal, keeper } = keeping(archive);
    several(journal, 64);
    arrived[0]?.answer({ lost: 'the server is away', passes: true });
    await keeper.tried();
    keeper.forget();
    several(journal, 64);
    await untilSent(arrived, 2);
    assert.equal(arrived[1]?.batch.rows[0]?.number, 65);
    arrived[1]?.answer();
    await keeper.settled();
    assert.equal(keeper.dropped(), 0);
  });

  it('tries once more when it is closed, and counts what could not be kept', async () => {
    const { archive, arrived } = stalling();
    const { journal, keeper, told } = keeping(archive);
    several(journal, 64);
    arrived[0]?.answer({ lost: 'the server is away', passes: true });
    await keeper.tried();
    const closed = keeper.close();
    await untilSent(arrived, 2);
    arrived[1]?.answer({ lost: 'the server is away', passes: true });
    await closed;
    assert.deepEqual([arrived.length, keeper.dropped(), told], [2, 64, ['the server is away']]);
  });

  it('forgets what waits when it is cleared, and does not count it', async () => {
    const { archive, arrived, cleared } = stalling();
    const { journal, keeper } = keeping(archive);
    several(journal, 100);
    await keeper.clear();
    assert.equal(cleared(), 1);
    arrived[0]?.answer();
    await keeper.settled();
    assert.equal(arrived.length, 1);
    several(journal, 800);
    assert.equal(keeper.dropped(), 0, 'there is as much room as before');
  });

  it('sends what is left when it is closed, and nothing that comes later', async () => {
    const { archive, arrived } = stalling();
    const { journal, keeper } = keeping(archive);
    several(journal, 5);
    const closed = keeper.close();
    arrived[0]?.answer();
    await closed;
    assert.equal(arrived[0]?.batch.rows.length, 5);
    several(journal, 100);
    assert.equal(arrived.length, 1);
  });
});
