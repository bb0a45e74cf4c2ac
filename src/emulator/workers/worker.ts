// One worker process, as the process that listens knows it: what it is asked, what it answers, and that it has ended.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../kernel/log-event.ts';
import type { FromKeeper, Port, ToKeeper } from '../../store/served/messages.ts';
import { portOver } from '../../store/served/process-port.ts';
import { createAsked } from './asked.ts';
import type { Done, FromWorker, Numbered, Order, ToWorker } from './messages.ts';

export interface Worker {
  readonly pid: number | undefined;
  /** Resolves when it answers messages, or has ended. */
  readonly begun: Promise<unknown>;
  /** Whether it answers messages. */
  isReady(): boolean;
  /** How many messages it is asked for and has not answered. */
  open(): number;
  answered(): number;
  /** @throws (rejects) where it could not, or ended before it did: then nobody knows whether the message counted */
  answer(service: string, request: Numbered): Promise<Done>;
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>;
  /** Lets it end. */
  end(): Promise<string>;
}

const KIND = import.meta.url.endsWith('.js') ? 'js' : 'ts';
const PROGRAM = fileURLToPath(new URL(`./message-worker.${KIND}`, import.meta.url));
/** How long one that is to end is waited for, in milliseconds. */
const PATIENCE = 3000;
/** One that has not answered a message for so long, or is not ready by then, is ended; in milliseconds. */
const LONGEST = 30_000;
const BETWEEN_LOOKS = 5000;

const startProcess = () => {
  const child = fork(PROGRAM, [], {
    // Not those of this process: what they run may start an emulator.
    execArgv: KIND === 'ts' ? ['--import', 'tsx'] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { child, ended };
};

/** @param attach gives it the register */
export const startWorker = (
  order: Order,
  attach: (port: Port<FromKeeper, ToKeeper>) => void,
  log: Log,
): Worker => {
  const { child, ended } = startProcess();
  const { pid } = child;
  const asked = createAsked(() => performance.now());
  let state: 'starting' | 'ready' | 'gone' = 'starting';
  attach(portOver<FromKeeper, ToKeeper>(child, 'register'));
  const port = portOver<ToWorker, FromWorker>(child, 'messages');
  const ready = new Promise<void>((resolve) => {
    port.hear((message) => {
      if ('answer' in message) asked.settle(message);
      else if ('is' in message) asked.knows(message);
      else if ('level' in message) log[message.level](message.event, message.error);
      else {
        state = 'ready';
        resolve();
      }
    });
  });
  const begun = performance.now();
  const looking = setInterval(() => {
    const silent = state === 'starting' ? performance.now() - begun : asked.oldest();
    if (silent < LONGEST) return;
    log.error({ message: `worker process ${pid} has not answered for ${LONGEST / 1000} seconds` });
    child.kill('SIGKILL');
  }, BETWEEN_LOOKS).unref();
  port.ended(() => {
    state = 'gone';
    clearInterval(looking);
    asked.gone(`the worker process ${pid} ended before it answered`);
  });
  port.send({ begin: order });
  return {
    pid,
    begun: Promise.race([ready, ended]),
    isReady: () => state === 'ready',
    open: asked.open,
    answered: asked.answered,
    answer: (service, request) => asked.add(request, (ask) => port.send({ ask, service, request })),
    ended,
    end: async () => {
      if (child.connected) child.disconnect();
      const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
      const how = await ended;
      clearTimeout(late);
      return how;
    },
  };
};
