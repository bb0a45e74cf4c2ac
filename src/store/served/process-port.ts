// A port between a process and one that it started, over the channel that node keeps between the two. Both ends have to
// serialise in the advanced way: octets are octets then.

import type { ChildProcess } from 'node:child_process';
import type { Port } from './messages.ts';

/** The process that was started, or this one where it was started so. */
export type ProcessEnd = Pick<ChildProcess | NodeJS.Process, 'on' | 'once' | 'connected'> & {
  readonly send?: ChildProcess['send'] | undefined;
};

/** Who is there no more is told by the end of the channel, whatever was sent. */
const ignore = (): void => undefined;

/**
 * Several ports may go over one channel: what is sent arrives in order over all of them.
 *
 * @param name by which both ends know the port
 */
export const portOver = <Sent, Heard>(end: ProcessEnd, name: string): Port<Sent, Heard> => ({
  send: (message) => {
    end.send?.({ port: name, message } as object, ignore);
  },
  hear: (listener) => {
    end.on('message', (told: unknown) => {
      const { port, message } = (told ?? {}) as { readonly port?: unknown; readonly message: Heard };
      if (port === name) listener(message);
    });
  },
  ended: (listener) => {
    if (end.connected) end.once('disconnect', listener);
    else setImmediate(listener);
  },
});
