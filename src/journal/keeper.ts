// Keeps every exchange in an archive. It is never in the way: what comes faster than it can be kept is dropped, and counted.

import { type Archive, batchOf, isLost, type Lost } from './archive.ts';
import type { Journal } from './journal.ts';
import { createQueue, type Parcel, type Queue } from './queue.ts';

/** How long what makes no batch waits, in milliseconds: what a sudden death loses, beside what is on its way. */
const DELAY = 100;
/** How often an emulator that is not called looks for what is too old, in milliseconds. */
const BETWEEN_PRUNINGS = 3_600_000;
/** How long the end waits for what is still to be kept, in milliseconds. */
const PATIENCE = 3000;

export interface KeeperParts {
  readonly journal: Pick<Journal, 'subscribe'>;
  readonly archive: Archive;
  /** The real time, in milliseconds since 1970. */
  readonly now: () => number;
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

/** Sends what waits, one parcel at a time: at once where it makes a batch, else after a moment. */
const createSending = (queue: Queue, sendOne: () => Promise<void>) => {
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const sendAll = async (): Promise<void> => {
    do await sendOne();
    while (queue.isBatch());
    sending = undefined;
    if (!queue.isEmpty()) later();
  };
  const send = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!queue.isEmpty()) sending ??= sendAll();
  };
  const later = (): void => {
    timer ??= setTimeout(send, DELAY).unref();
  };
  return {
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

export const createKeeper = ({ journal, archive, now, ...telling }: KeeperParts): Keeper => {
  const queue = createQueue();
  const { dropped, drop, regain } = createLosses(telling);
  /** Whatever fails, the next parcel goes its way. */
  const append = async ({ entries }: Parcel): ReturnType<Archive['append']> => {
    try {
      return await archive.append(batchOf(entries, now()));
    } catch (error) {
      return { lost: String(error) };
    }
  };
  const { added, settled } = createSending(queue, async () => {
    const parcel = queue.take();
    const kept = await append(parcel);
    queue.arrived(parcel);
    if (isLost(kept)) drop(parcel.entries.length, kept.lost);
    else if (queue.isLow()) regain();
  });
  const end = journal.subscribe((entry) => {
    if (queue.push(entry)) added();
    else drop(1, 'they come faster than they can be written');
  });
  const pruning = setInterval(() => void archive.prune(now()), BETWEEN_PRUNINGS).unref();
  return {
    dropped,
    settled,
    clear: async () => {
      queue.clear();
      return (await archive.clear()) ?? undefined;
    },
    close: async () => {
      end();
      clearInterval(pruning);
      await patiently(settled());
      await patiently(archive.close());
    },
  };
};
