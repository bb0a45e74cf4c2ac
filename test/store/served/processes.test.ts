// Processes of their own over one keeper: one that is killed under load takes nothing along that was acknowledged.

import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createKeeper } from '../../../src/store/served/keeper.ts';
import type { FromKeeper, ToKeeper } from '../../../src/store/served/messages.ts';
import { portOver } from '../../../src/store/served/process-port.ts';
import { onceKeys } from '../../../src/store/tables.ts';
import { changes, list, persons, TABLES, tokens } from '../contract/tables.ts';
import { found, times, written } from '../contract/verbs.ts';
import { inFile } from '../sqlite/places.ts';
import type { Counted } from './counting.ts';

const PROGRAM = fileURLToPath(new URL('./counting.ts', import.meta.url));
const MANY = 40;
/** No key is forgotten: how many the others have taken when one starts depends on the machine. */
const ALL = TABLES.map((table) => (table === tokens ? onceKeys(tokens.name, 1_000_000) : table));

interface Counting {
  readonly child: ChildProcess;
  readonly counted: Counted[];
  /** Resolves when the condition holds. */
  until(holds: (counted: readonly Counted[]) => boolean): Promise<void>;
  /** Resolves when the process has ended and all that it said is counted: the last of it may come after its end. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const startCounting = (): Counting => {
  const child = fork(PROGRAM, [], {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  const counted: Counted[] = [];
  const port = portOver<'stop', Counted>(child, 'counting', () => ({}));
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const one of waiting) one();
  };
  port.hear((one) => {
    counted.push(one);
    look();
  });
  port.ended(look);
  const ended = Promise.all([once(child, 'exit'), new Promise<void>((resolve) => port.ended(resolve))]);
  return {
    child,
    counted,
    ended,
    until: (holds) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (holds(counted)) resolve();
          else if (child.connected) return;
          else reject(new Error('the process has ended'));
          waiting.delete(check);
        };
        waiting.add(check);
        check();
      }),
    stop: async () => {
      port.send('stop');
      await ended;
    },
  };
};

describe('processes over one keeper', function () {
  this.timeout(120_000);
  const place = inFile();
  const children: Counting[] = [];
  after(async () => {
    for (const { child } of children) child.kill('SIGKILL');
    await place.end();
  });

  it('lose nothing acknowledged when one is killed under load, and the others go on', async () => {
    const keeper = createKeeper(await place.open(ALL, () => 0));
    const start = (): Counting => {
      const counting = startCounting();
      children.push(counting);
      keeper.attach(portOver<FromKeeper, ToKeeper>(counting.child, 'register', () => ({})));
      return counting;
    };
    const [one, two] = [start(), start()];
    await Promise.all([one, two].map(({ until }) => until(({ length }) => length >= MANY)));

    one.child.kill('SIGKILL');
    await one.ended;
    const sofar = two.counted.length;
    await two.until(({ length }) => length >= sofar + MANY);

    // One in its place knows what was put before it came; the other what is put now.
    const third = start();
    await third.until(({ length }) => length > 0);
    await written(keeper.engine, list.put(['new']));
    const known = [two, third].map(({ counted, until }) => {
      const from = counted.length + 1;
      return until(({ length }) => length > from);
    });
    await Promise.all(known);
    for (const { counted } of [two, third]) assert.deepEqual(counted.at(-1)?.list, ['new']);
    await Promise.all([two.stop(), third.stop()]);

    const all = [one, two, third].flatMap(({ counted }) => counted);
    const acknowledged = all.filter(({ seen }) => !seen).map(({ count }) => count);
    const stored = (await found(keeper.engine, persons.find('a')))?.count ?? 0;
    assert.equal(new Set(acknowledged).size, acknowledged.length, 'two of them made the same change');
    assert.ok(Math.max(...acknowledged) <= stored, 'an acknowledged change is not there');
    // What the killed one had sent and never heard of is there without an acknowledgement: one change at most.
    assert.ok(stored - acknowledged.length <= 1, `${stored} stored, ${acknowledged.length} acknowledged`);
    const rows = await found(keeper.engine, changes.rows({ limit: stored + 1 }));
    assert.deepEqual(
      rows.map(({ id, text }) => `${id} ${text}`),
      times(stored, (index) => `${stored - index} ${stored - index}`),
    );

    assert.ok(
      all.some(({ seen }) => seen),
      'no key came twice',
    );
  });
});
