// What the key by which a message counts once costs: changes with it and without, in turn, over both engines, in this process.
// By hand: npx tsx test/bench/once.ts. Processor time of this process alone; the differences within one run count.

import { randomBytes } from 'node:crypto';
import type { Engine, Once, Work } from '../../src/store/engine.ts';
import { openStore } from '../../src/store/open.ts';
import { onceKeys } from '../../src/store/tables.ts';
import { newDirectory } from '../directories.ts';
import { changes, persons, TABLES } from '../store/contract/tables.ts';
import { accepted, times } from '../store/contract/verbs.ts';
import { makeCluster } from '../store/postgres/cluster.ts';

import { oneSignature } from './signature.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 60);
/** Groups of a round, and changes that come together in each. */
const [GROUPS, TOGETHER] = [20, 16];

const signatures = onceKeys('signature', 100_000);
const BODY = 'x'.repeat(600);

let count = 0;
const change = (keyed: boolean): Work<unknown, undefined> => {
  count += 1;
  const id = `person ${count % 50}`;
  const state = { id, note: `${BODY}${count}` };
  const once: Once = {
    table: signatures.name,
    key: randomBytes(32),
    until: Date.now() + 300_000,
    now: Date.now(),
  };
  return {
    load: persons.find(id),
    ...(keyed ? { once } : {}),
    decide: () => ({
      result: undefined,
      writes: [persons.save(state, changes.entry(0, { text: state.id }))],
    }),
  };
};

/** Microseconds of the processor that one change costs this process. */
const cost = async (engine: Engine, keyed: boolean): Promise<number> => {
  const before = process.cpuUsage();
  for (let group = 0; group < GROUPS; group += 1) {
    const made = await Promise.all(times(TOGETHER, () => engine.change(change(keyed))));
    await Promise.all(made.map((one) => accepted<undefined>(one).durable));
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (GROUPS * TOGETHER);
};

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

const tables = [...TABLES, signatures];
const base = { durability: 'crash', real: Date.now } as const;
const address = makeCluster('fsync = on\nfull_page_writes = on\n').database();
const places = { SQLite: newDirectory(), PostgreSQL: { address, connections: 5, timeout: 30_000 } };
const signature = 1000 * oneSignature();
for (const [name, place] of Object.entries(places)) {
  const engine = await openStore({ ...base, place }, tables);
  const [keyed, free]: [number[], number[]] = [[], []];
  for (let round = -10; round < ROUNDS; round += 1) {
    const first = round % 2 === 0;
    const [one, other] = [await cost(engine, first), await cost(engine, !first)];
    if (round < 0) continue;
    keyed.push(first ? one : other);
    free.push(first ? other : one);
  }
  await engine.close();
  const differences = keyed.map((one, round) => one - (free[round] ?? 0));
  const key = median(differences);
  process.stdout.write(
    `${name}: ${median(free).toFixed(0)} µs a change, the key ${key.toFixed(1)} µs more: ${(key / signature).toFixed(3)} signatures of ${signature.toFixed(0)} µs\n`,
  );
}
