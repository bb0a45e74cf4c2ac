// A process that counts in a register which another one keeps, and says what was acknowledged; until it is told to stop.

import { setImmediate } from 'node:timers/promises';
import { openServed } from '../../../src/store/served/engine.ts';
import type { FromKeeper, ToKeeper } from '../../../src/store/served/messages.ts';
import { portOver } from '../../../src/store/served/process-port.ts';
import { keyOf } from '../../../src/store/tables.ts';
import { changes, list, persons, tokens } from '../contract/tables.ts';
import { made } from '../contract/verbs.ts';

/** What is said when something is stored. */
export interface Counted {
  readonly count: number;
  /** Whether the key counted before, at another process too. */
  readonly seen: boolean;
  /** The single value as it is known here. */
  readonly list: readonly string[];
}

const LIVES = 1_000_000_000;

const noNumbers = (): never => {
  throw new Error('nobody asks for numbers here');
};

const run = async (): Promise<void> => {
  const told = portOver<Counted, 'stop'>(process, 'counting', () => ({}));
  const engine = await openServed(
    portOver<ToKeeper, FromKeeper>(process, 'register', () => ({})),
    noNumbers,
  );
  let [stopped, round] = [false, 0];
  told.hear(() => {
    stopped = true;
  });
  while (!stopped) {
    round += 1;
    const answer = await made(engine, {
      load: persons.find('a'),
      // Every process comes with the same keys.
      once: { table: tokens.name, key: keyOf(`${round}`), until: LIVES, now: 0 },
      decide: (before, seen) => {
        const count = (before?.count ?? 0) + 1;
        return {
          result: { count, seen },
          writes: [persons.save({ id: 'a', count }, changes.entry(0, { text: `${count}` }))],
        };
      },
    });
    told.send({ ...answer, list: list.current(engine) });
  }
  await engine.close();
  // What was told last goes out at the end of this turn.
  await setImmediate();
  process.disconnect();
};

if (process.send) void run();
