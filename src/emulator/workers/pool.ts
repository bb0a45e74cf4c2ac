// The worker processes: so many as are wanted, each replaced when it ends, and the least busy one chosen.

import type { Log } from '../../kernel/log-event.ts';
import type { Keeper } from '../../store/served/keeper.ts';
import type { Order } from './messages.ts';
import { createPauses } from './pauses.ts';
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
  /** Starts so many, and waits until each answers messages or has ended. */
  start(many: number): Promise<void>;
  /** The one with the least to do; undefined: none answers now. */
  next(): Worker | undefined;
  state(): readonly WorkerState[];
  close(): Promise<void>;
}

/** @param attach gives a process the register */
export const openPool = (order: Order, attach: Keeper['attach'], log: Log): Pool => {
  const workers: Worker[] = [];
  const pauses = new Set<NodeJS.Timeout>();
  const after = createPauses();
  let closing = false;
  let turn = 0;

  const replace = (place: number, { pid }: Worker, how: string, lived: number): void => {
    const { pause, first } = after(lived);
    if (pause === 0)
      log.error({ message: `worker process ${pid} ended (${how}); another one takes its place` });
    else if (first)
      log.error({
        message: `worker processes end soon after their start (${how}); the next ones have to wait`,
        details: [['meanwhile', 'the others answer messages, or this process does where there are none']],
      });
    const timer = setTimeout(() => {
      pauses.delete(timer);
      start(place);
    }, pause);
    pauses.add(timer);
  };
  const start = (place: number): Worker => {
    const begun = performance.now();
    const worker = startWorker(order, attach, log);
    workers[place] = worker;
    void worker.ended.then((how) => {
      if (!closing) replace(place, worker, how, performance.now() - begun);
    });
    return worker;
  };

  return {
    start: async (many) => {
      await Promise.all(Array.from({ length: many }, (_, place) => start(place).begun));
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
