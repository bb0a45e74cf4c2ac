// One worker process, as the process that listens knows it: what it is asked, what it answers, and that it has ended.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { wordsOf } from '../../kernel/error-words.ts';
import type { Log } from '../../kernel/log-event.ts';
import type { Keeper } from '../../store/served/keeper.ts';
import type { FromKeeper, ToKeeper } from '../../store/served/messages.ts';
import { type Instead, portOver } from '../../store/served/process-port.ts';
import { createAsked } from './asked.ts';
import type { Done, FromWorker, Numbered, Order, ToWorker } from './messages.ts';
import { BETWEEN_LOOKS, createWatching, TO_START } from './watching.ts';

export interface Worker {
  readonly pid: number | undefined;
  /** Resolves when it answers messages, or has ended. */
  readonly begun: Promise<unknown>;
  /** Whether it answers messages: it has begun to, and is heard of. */
  isReady(): boolean;
  /** Whether it has ever begun to answer messages. */
  hasBegun(): boolean;
  /** How many messages it is asked for and has not answered. */
  open(): number;
  answered(): number;
  /** @throws (rejects) where it could not; WorkerEnded where it ended before it did */
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

/** What the process is told, or is taken to have said, where a message to it cannot be sent. */
const instead = (message: ToWorker, why: string): Instead<ToWorker, FromWorker> => {
  if ('ask' in message) return { here: { answer: message.ask, defect: why } };
  return 'begin' in message ? { here: { failed: why } } : {};
};
/** Nobody waits for what the keeper says unasked. */
const insteadOfAnswer = (message: FromKeeper, why: string): Instead<FromKeeper, ToKeeper> =>
  'answer' in message ? { there: { answer: message.answer, of: { defect: why } } } : {};

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

/** One that could not be started at all. */
const unstarted = (why: string): Worker => {
  const ended = Promise.resolve(why);
  return {
    pid: undefined,
    begun: ended,
    isReady: () => false,
    hasBegun: () => false,
    open: () => 0,
    answered: () => 0,
    answer: () => Promise.reject(new Error(why)),
    ended,
    end: () => ended,
  };
};

const follow = (
  { child, ended: exited }: ReturnType<typeof startProcess>,
  order: Order,
  attach: Keeper['attach'],
  log: Log,
): Worker => {
  const { pid } = child;
  const { workerTimeout } = order.configuration;
  const { changes } = attach(portOver<FromKeeper, ToKeeper>(child, 'register', insteadOfAnswer));
  const asked = createAsked(changes);
  const port = portOver<ToWorker, FromWorker>(child, 'messages', instead);
  const watching = createWatching(workerTimeout, () => port.send({ ping: true }));
  let state: 'starting' | 'ready' | 'gone' = 'starting';
  let hasBegun = false;
  /** Why it is ended, where that is known. */
  let why: string | undefined;
  const giveUp = (reason: string): void => {
    why ??= reason;
    child.kill('SIGKILL');
  };
  child.on('message', watching.heard);
  const ready = new Promise<void>((resolve) => {
    port.hear((message) => {
      if ('answer' in message) asked.settle(message);
      else if ('is' in message) asked.knows(message);
      else if ('level' in message) log[message.level](message.event, message.error);
      else if ('failed' in message) giveUp(message.failed);
      else if ('ready' in message) {
        state = 'ready';
        hasBegun = true;
        resolve();
      }
    });
  });
  const looking = setInterval(() => {
    const found = watching.look(hasBegun);
    if (found === 'silent') giveUp(`no sign of life for ${workerTimeout} seconds`);
    if (found === 'late') giveUp(`not ready after ${TO_START} seconds`);
  }, BETWEEN_LOOKS).unref();
  const ended = exited.then((how) => {
    state = 'gone';
    clearInterval(looking);
    return why ?? how;
  });
  port.ended(async () => {
    state = 'gone';
    // All that it sent has been heard by now.
    asked.gone(`the worker process ${pid} ended before it answered (${await ended})`);
  });
  port.send({ begin: order });
  return {
    pid,
    begun: Promise.race([ready, ended]),
    isReady: () => state === 'ready' && !watching.isDoubtful(),
    hasBegun: () => hasBegun,
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

/** @param attach gives it the register */
export const startWorker = (order: Order, attach: Keeper['attach'], log: Log): Worker => {
  try {
    return follow(startProcess(), order, attach, log);
  } catch (error) {
    return unstarted(wordsOf(error));
  }
};
