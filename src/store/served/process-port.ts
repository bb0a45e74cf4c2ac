// A port between a process and one that it started, over the channel that node keeps between the two. Both ends have to
// serialise in the advanced way: octets are octets then.

import type { ChildProcess } from 'node:child_process';
import { wordsOf } from '../../kernel/error-words.ts';
import type { Port } from './messages.ts';

/** The process that was started, or this one where it was started so. */
export type ProcessEnd = Pick<ChildProcess | NodeJS.Process, 'on' | 'once' | 'connected'> & {
  readonly send?: ChildProcess['send'] | undefined;
};

/** What goes over a channel at once: each message with the name of its port. */
type Parcel = readonly (readonly [port: string, message: unknown])[];

/** Who is there no more is told by the end of the channel, whatever was sent. */
const ignore = (): void => undefined;

/** By channel, who hears what comes for a port. */
const listening = new WeakMap<ProcessEnd, Map<string, (message: unknown) => void>>();

/** One listener for all ports of a channel: what is sent arrives in order over all of them. */
const listenersOf = (end: ProcessEnd): Map<string, (message: unknown) => void> => {
  const before = listening.get(end);
  if (before) return before;
  const ports = new Map<string, (message: unknown) => void>();
  listening.set(end, ports);
  end.on('message', (parcel: unknown) => {
    for (const [port, message] of parcel as Parcel) ports.get(port)?.(message);
  });
  return ports;
};

interface Waiting {
  readonly parcel: [port: string, message: unknown][];
  /** Of each message, what is done where it cannot be sent. */
  readonly unsent: ((why: string) => void)[];
}

const waiting = new WeakMap<ProcessEnd, Waiting>();

/** Why it cannot be sent; undefined: it is on its way. */
const trySend = (end: ProcessEnd, parcel: Parcel): string | undefined => {
  try {
    end.send?.(parcel, ignore);
    return undefined;
  } catch (error) {
    return `it cannot be sent to another process: ${wordsOf(error)}`;
  }
};

/** Sends what is sent in one turn of the event loop together: a write for each message would cost more than the message. */
const post = (end: ProcessEnd, port: string, message: unknown, unsent: (why: string) => void): void => {
  const before = waiting.get(end);
  const { parcel, unsent: all } = before ?? { parcel: [], unsent: [] };
  parcel.push([port, message]);
  all.push(unsent);
  if (before) return;
  waiting.set(end, { parcel, unsent: all });
  setImmediate(() => {
    waiting.delete(end);
    if (trySend(end, parcel) === undefined) return;
    // One of them holds what cannot be copied; the others go out.
    for (const [nth, one] of parcel.entries()) {
      const why = trySend(end, [one]);
      if (why !== undefined) all[nth]?.(why);
    }
  });
};

/** What is told of a message that cannot be sent, so that nobody waits for it: to the other end, or here as if that had said it. */
export interface Instead<Sent, Heard> {
  readonly there?: Sent;
  readonly here?: Heard;
}

/**
 * @param name by which both ends know the port: several go over one channel, and each has one listener
 * @param instead what takes the place of a message that holds what cannot be copied to another process
 */
export const portOver = <Sent, Heard>(
  end: ProcessEnd,
  name: string,
  instead: (message: Sent, why: string) => Instead<Sent, Heard>,
): Port<Sent, Heard> => ({
  send: (message) =>
    post(end, name, message, (why) => {
      const { there, here } = instead(message, why);
      if (there !== undefined) trySend(end, [[name, there]]);
      if (here !== undefined) listenersOf(end).get(name)?.(here);
    }),
  hear: (listener) => {
    listenersOf(end).set(name, (message) => listener(message as Heard));
  },
  ended: (listener) => {
    if (end.connected) end.once('disconnect', listener);
    else setImmediate(listener);
  },
});
