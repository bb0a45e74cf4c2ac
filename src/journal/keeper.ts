// Keeps every exchange in an archive. It is never in the way: what comes faster than it can be kept is dropped, and counted.

import { setTimeout as pause } from 'node:timers/promises';
import { type Archive, batchOf, isLost, type Lost } from './archive.ts';
import type { JournalEntry } from './entry.ts';
import type { Journal } from './journal.ts';
import { createQueue, type Parcel, type Queue } from './queue.ts';

/** How long what makes no batch waits, in milliseconds: what a sudden death loses, beside what is on its way. */
const DELAY = 100;
/** Between two attempts to keep what could not be kept for a while, in milliseconds. */
const BETWEEN_ATTEMPTS = 500;
/** How often an emulator that is not called looks for what is too old, in milliseconds. */
const BETWEEN_PRUNINGS = 3_600_000;
/** How long the end waits for what is still to be kept, in milliseconds. */
const PATIENCE = 3000;

export interface KeeperParts {
  readonly journal: Pick<Journal, 'subscribe'>;
  readonly archive: Archive;
  /** The real time, in milliseconds since 1970. */
  readonly now: () => number;
  /** How long what makes no batch waits where nothing was kept for a while, in milliseconds. */
  readonly soon?: number;
  /** Told once when exchanges begin to be dropped, and why. */
  readonly onLoss: (why: string) => void;
  /** Told when exchanges are kept again, and how many were dropped. */
  readonly onRegain: (dropped: number) => void;
}

export interface Keeper {
  /** How many exchanges were not kept since the start. */
  dropped(): number;
  /** Resolves when nothing is waiting any more. */
  settled(): Promise<void>;
  /** Resolves when all that came before has been kept, or could not be kept for now. */
  tried(): Promise<void>;
  /** What is not kept yet, the oldest first. */
  waiting(): readonly JournalEntry[];
  /** Forgets what is waiting. */
  forget(): void;
  /** Forgets what is waiting and what is kept. */
  clear(): Promise<Lost | undefined>;
  /** Keeps what is waiting, and closes the archive. */
  close(): Promise<void>;
}

/** Counts what is dropped; tells of it when it begins, and when it is over. */
const createLosses = ({ onLoss, onRegain }: Pick<KeeperParts, 'onLoss' | 'onRegain'>) => {
  let [dropped, told] = [0, 0];
  let losing = false;
  return {
    dropped: () => dropped,
    drop: (many: number, why: string): void => {
      dropped += many;
      if (losing) return;
      losing = true;
      onLoss(why);
    },
    regain: (): void => {
      if (!losing) return;
      losing = false;
      onRegain(dropped - told);
      told = dropped;
    },
  };
};

/**
 * Sends what waits, one parcel at a time: at once where it makes a batch, else after a moment.
 *
 * @param soon the moment where nothing was sent for a while, in milliseconds
 */
const createSending = (queue: Queue, soon: number, sendOne: () => Promise<void>) => {
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Runs for a while after something was sent. */
  let rest: NodeJS.Timeout | undefined;
  const pauseAfter = (): void => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      rest = undefined;
    }, DELAY).unref();
  };
  const sendAll = async (): Promise<void> => {
    do await sendOne();
    while (queue.isBatch());
    sending = undefined;
    pauseAfter();
    if (!queue.isEmpty()) later();
  };
  const send = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!queue.isEmpty()) sending ??= sendAll();
  };
  const later = (): void => {
    timer ??= setTimeout(send, rest ? DELAY : soon).unref();
  };
  return {
    send,
    added: (): void => {
      if (sending) return;
      if (queue.isBatch()) send();
      else later();
    },
    settled: async (): Promise<void> => {
      while (sending || !queue.isEmpty()) {
        send();
        await sending;
      }
    },
  };
};

/** Resolves with whichever is first, the end of something or of patience. */
const patiently = async (end: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const impatient = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE);
  });
  await Promise.race([end, impatient]);
  clearTimeout(timer);
};

/** Who waits until so many have been tried to keep. Where what was tried has to wait, what comes after it is not tried meanwhile. */
const createTries = () => {
  let [come, taken, tried] = [0, 0, 0];
  let stuck = false;
  let waiting: { readonly until: number; readonly resolve: () => void }[] = [];
  const reach = (many: number): void => {
    tried = Math.max(tried, many);
    for (const { until, resolve } of waiting) if (until <= tried) resolve();
    waiting = waiting.filter(({ until }) => until > tried);
  };
  return {
    came: (): void => {
      come += 1;
    },
    /** @returns to be called when these were tried, with whether they have to wait */
    took: (many: number): ((again: boolean) => void) => {
      taken += many;
      const until = taken;
      return (again) => {
        stuck = again;
        reach(again ? come : until);
      };
    },
    forgot: (): void => {
      taken = come;
      reach(come);
    },
    all: (): Promise<void> =>
      stuck || tried === come
        ? Promise.resolve()
        : new Promise((resolve) => void waiting.push({ until: come, resolve })),
  };
};

export const createKeeper = ({ journal, archive, now, soon = DELAY, ...telling }: KeeperParts): Keeper => {
  const queue = createQueue();
  const { dropped, drop, regain } = createLosses(telling);
  const tries = createTries();
  const closing = new AbortController();
  let forgotten = 0;
  const attempt = async ({ entries }: Parcel): ReturnType<Archive['append']> => {
    try {
      return await archive.append(batchOf(entries, now()));
    } catch (error) {
      return { lost: String(error) };
    }
  };
  /** Whatever fails, the next parcel goes its way, after this one where it may be kept later. */
  const append = async (parcel: Parcel): ReturnType<Archive['append']> => {
    const tried = tries.took(parcel.entries.length);
    const before = forgotten;
    for (;;) {
      const kept = await attempt(parcel);
      const again = isLost(kept) && kept.passes === true && !closing.signal.aborted;
      tried(again);
      if (!again) return kept;
      await pause(BETWEEN_ATTEMPTS, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
      if (forgotten === before) continue;
      tried(false);
      return undefined;
    }
  };
  const { send, added, settled } = createSending(queue, soon, async () => {
    const parcel = queue.take();
    const kept = await append(parcel);
    queue.arrived(parcel);
    if (isLost(kept)) drop(parcel.entries.length, kept.lost);
    else if (queue.isLow()) regain();
  });
  const end = journal.subscribe((entry) => {
    if (!queue.push(entry)) return drop(1, 'they come faster than they can be written');
    tries.came();
    added();
  });
  const forget = (): void => {
    forgotten += 1;
    queue.clear();
    tries.forgot();
  };
  const pruning = setInterval(() => void archive.prune(now()), BETWEEN_PRUNINGS).unref();
  return {
    dropped,
    settled,
    tried: () => {
      send();
      return tries.all();
    },
    waiting: queue.all,
    forget,
    clear: async () => {
      forget();
      return (await archive.clear()) ?? undefined;
    },
    close: async () => {
      end();
      clearInterval(pruning);
      closing.abort();
      await patiently(settled());
      await patiently(archive.close());
    },
  };
};
