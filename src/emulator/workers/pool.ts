// The worker processes: so many as are wanted, each replaced when it ends, and the least busy one chosen.

import { availableParallelism } from 'node:os';
import type { Log } from '../../kernel/log-event.ts';
import { UserError } from '../../kernel/user-error.ts';
import type { Keeper } from '../../store/served/keeper.ts';
import type { Order } from './messages.ts';
import { createPauses, type Next } from './pauses.ts';
import { startWorker, type Worker } from './worker.ts';

/** A worker process as it is told of. */
export interface WorkerState {
  readonly pid: number | undefined;
  /** Whether it answers messages. */
  readonly ready: boolean;
  /** How many messages it has answered. */
  readonly answered: number;
}

export interface Pool {
  /**
   * Starts so many, and waits until each answers messages or has ended. Afterwards those that ended are replaced.
   *
   * @throws (rejects) UserError where none began
   */
  start(many: number): Promise<void>;
  /** The one with the least to do; undefined: none answers now. */
  next(): Worker | undefined;
  state(): readonly WorkerState[];
  close(): Promise<void>;
}

const MEANWHILE = [
  'meanwhile',
  'the others answer messages, or this process does where there are none',
] as const;

/** Says what follows an end, once where it is the same again and again. */
const tell = (log: Log, { pid }: Worker, how: string, { pause, first }: Next): void => {
  if (pause === 0)
    log.error({ message: `worker process ${pid} ended (${how}); another one takes its place` });
  else if (first && pause === undefined)
    log.error({
      message: `worker processes cannot start (${how}); no more are tried`,
      details: [MEANWHILE, ['fix', 'mend the cause and restart the emulator']],
    });
  else if (first)
    log.error({
      message: `worker processes end soon after their start (${how}); the next ones have to wait`,
      details: [MEANWHILE],
    });
};

/** No more at a time than there are cores: one that has to wait for a core would seem not to start. */
const startEach = async (many: number, start: (place: number) => Promise<unknown>): Promise<void> => {
  let place = 0;
  const startNext = async (): Promise<void> => {
    while (place < many) {
      place += 1;
      await start(place - 1);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, startNext));
};

/**
 * @param attach gives a process the register
 * @param after when the next one is started
 */
export const openPool = (
  order: Order,
  attach: Keeper['attach'],
  log: Log,
  startOne = startWorker,
  after = createPauses(),
): Pool => {
  const workers: Worker[] = [];
  const pauses = new Set<NodeJS.Timeout>();
  let closing = false;
  let started: Promise<unknown> = Promise.resolve();
  let turn = 0;

  const replace = (place: number, worker: Worker, how: string, lived: number): void => {
    const next = after(lived, worker.hasBegun());
    tell(log, worker, how, next);
    if (next.pause === undefined) return;
    const timer = setTimeout(() => {
      pauses.delete(timer);
      start(place);
    }, next.pause);
    pauses.add(timer);
  };
  const start = (place: number): Worker => {
    const begun = performance.now();
    const worker = startOne(order, attach, log);
    workers[place] = worker;
    void worker.ended.then(async (how) => {
      const lived = performance.now() - begun;
      await started;
      if (!closing) replace(place, worker, how, lived);
    });
    return worker;
  };
  const startAll = async (many: number): Promise<void> => {
    await startEach(many, async (place) => closing || start(place).begun);
    if (closing || workers.some(({ hasBegun }) => hasBegun())) return;
    closing = true;
    const how = await workers[0]?.ended;
    throw new UserError(
      (name) => `no worker process could start (${how}); mend that, or leave ${name('workers')} out`,
    );
  };

  return {
    start: (many) => {
      const starting = startAll(many);
      started = starting.catch(() => undefined);
      return starting;
    },
    next: () => {
      turn += 1;
      const ready = workers.filter((worker) => worker.isReady());
      // Of those with the same to do, one after the other.
      const turned = ready.map((_, place) => ready[(place + turn) % ready.length]);
      return turned.reduce(
        (least, one) => (least && one && least.open() <= one.open() ? least : one),
        undefined,
      );
    },
    state: () =>
      workers.map((worker) => ({
        pid: worker.pid,
        ready: worker.isReady(),
        answered: worker.answered(),
      })),
    close: async () => {
      closing = true;
      for (const timer of pauses) clearTimeout(timer);
      await Promise.all(workers.map((worker) => worker.end()));
    },
  };
};
