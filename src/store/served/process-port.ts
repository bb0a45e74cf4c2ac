// A port between a process and one that it started, over the channel that node keeps between the two. Both ends have to
// serialise in the advanced way: octets are octets then.

import type { ChildProcess } from 'node:child_process';
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

const waiting = new WeakMap<ProcessEnd, [port: string, message: unknown][]>();

/** Sends what is sent in one turn of the event loop together: a write for each message would cost more than the message. */
const post = (end: ProcessEnd, port: string, message: unknown): void => {
  const parcel = waiting.get(end);
  if (parcel) {
    parcel.push([port, message]);
    return;
  }
  const first: [string, unknown][] = [[port, message]];
  waiting.set(end, first);
  setImmediate(() => {
    waiting.delete(end);
    end.send?.(first, ignore);
  });
};

/**
 * @param name by which both ends know the port: several go over one channel, and each has one listener
 */
export const portOver = <Sent, Heard>(end: ProcessEnd, name: string): Port<Sent, Heard> => ({
  send: (message) => post(end, name, message),
  hear: (listener) => {
    listenersOf(end).set(name, (message) => listener(message as Heard));
  },
  ended: (listener) => {
    if (end.connected) end.once('disconnect', listener);
    else setImmediate(listener);
  },
});
