// One group of changes after the other, and nobody beside a long change of this program.

import type { Conflict, Loss, Write } from '../engine.ts';
import type { Told } from './change.ts';
import { CLOSED } from './losses.ts';

/** How many changes one transaction has at most. */
const MOST = 500;

interface Surroundings {
  /** Makes changes in one transaction. It never fails. */
  readonly make: (members: readonly Told[]) => Promise<void>;
  readonly long: (steps: () => Iterable<readonly Write[]>) => Promise<Loss | Conflict | undefined>;
  /** Reads the values that were put, and waits until every connected instance knows them. */
  readonly spread: () => Promise<void>;
  /** Why the server is not to be had; undefined: it is. */
  readonly lost: () => Loss | undefined;
  readonly isClosed: () => boolean;
}

export const createQueue = ({ make, long, spread, lost, isClosed }: Surroundings) => {
  let waiting: Told[] = [];
  /** The groups that are made until nobody waits any more, and the one of them that is made now. */
  let making: Promise<void> | undefined;
  let group: Promise<void> | undefined;
  /** The long change that is made, or waits for its turn: what who comes is told. */
  let alone: Loss | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let longs = 0;

  const makeAll = async (): Promise<void> => {
    // Who comes in the same moment comes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const members = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      const gone = lost();
      if (gone) for (const member of members) member.refused(gone);
      else group = make(members);
      await group;
    }
    making = undefined;
  };
  const hindrance = (): Loss | undefined => (isClosed() ? CLOSED : lost());
  const why = (): Loss | undefined => alone ?? hindrance();

  const makeLong = async (meanwhile: string, steps: () => Iterable<readonly Write[]>) => {
    const refused = hindrance();
    if (refused) return refused;
    alone = { loss: meanwhile, passes: true };
    try {
      await making;
      const failure = await long(steps);
      if (!failure) await spread();
      return failure;
    } finally {
      alone = undefined;
    }
  };

  return {
    hindrance: why,
    add: (member: Told): void => {
      waiting.push(member);
      making ??= makeAll();
    },
    /** Waits until what was decided by now is stored; whoever comes later is not waited for. */
    settled: async (): Promise<void> => {
      await group;
    },
    exclusive: (
      meanwhile: string,
      steps: () => Iterable<readonly Write[]>,
    ): Promise<Loss | Conflict | undefined> => {
      // Without a turn between where nobody else is at it: who comes from now on is told.
      longs += 1;
      const made = longs > 1 ? last.then(() => makeLong(meanwhile, steps)) : makeLong(meanwhile, steps);
      last = made
        .catch(() => undefined)
        .then(() => {
          longs -= 1;
        });
      return made;
    },
    /** Waits for what is under way. */
    end: async (): Promise<void> => {
      await making;
      await last;
    },
  };
};
