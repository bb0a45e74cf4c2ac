// Which single values an engine says that it knows: what is not so any more is never said for long, whatever interrupts it.

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { Engine } from '../../../src/store/engine.ts';
import { openPostgres } from '../../../src/store/postgres/open.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { list, TABLES } from '../contract/tables.ts';
import { written } from '../contract/verbs.ts';
import { cluster } from './cluster.ts';
import { openImpatient } from './impatient.ts';
import { openPassage, type Passage } from './passage.ts';

/** Of the locks that say which revision is known. */
const KNOWN = 0x4b4f4e56;
/** In milliseconds: long enough for any machine. */
const PATIENT = 50_000;

describeWith([stacks.postgresql], 'what an engine in PostgreSQL says that it knows', () => {
  let store: string;
  let passage: Passage;
  let one: Engine;
  let other: Engine;

  beforeEach(async () => {
    store = cluster().database();
    passage = await openPassage(cluster().folder);
    other = await opened();
  });
  afterEach(async () => {
    await one.close();
    await other.close();
    passage.end();
  });

  const opened = (): Promise<Engine> =>
    openPostgres({ address: store, connections: 3, timeout: PATIENT }, TABLES, () => 0);
  const said = (): string[] =>
    cluster().sql(
      store,
      `SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = ${KNOWN}
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1`,
    );
  const becomes = async (revisions: readonly string[]): Promise<void> => {
    for (let left = 200; left > 0 && said().join() !== revisions.join(); left -= 1) await setTimeout(50);
    assert.deepEqual(said(), revisions);
  };

  it('is the last revision, at both, when a put is stored', async () => {
    one = await opened();
    await written(one, list.put(['a']));
    assert.deepEqual(said(), ['1', '1']);
    await written(other, list.put(['b']));
    assert.deepEqual(said(), ['2', '2']);
    assert.deepEqual(list.current(one), ['b']);
  });

  for (const sent of ['pg_advisory_lock_shared', 'pg_advisory_unlock_shared'])
    it(`is not an earlier one for ever where the network stalls at ${sent}`, async () => {
      one = await openImpatient(store.replace(cluster().folder, passage.folder));
      await written(other, list.put(['a']));
      await becomes(['1', '1']);
      // Only where it is said what is known: the put itself may be answered before or after that.
      passage.watch((octets) => {
        if (!octets.includes(`${sent}(${KNOWN}`)) return undefined;
        passage.watch(undefined);
        return 'stall';
      });
      await written(one, list.put(['b']));
      passage.goOn();
      await becomes(['2', '2']);
      await written(other, list.put(['c']));
      await becomes(['3', '3']);
      assert.deepEqual(list.current(one), ['c']);
    }).timeout(60_000);
});
