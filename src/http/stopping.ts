// A polite end: announced first, then nobody new is let in, then what is open is finished, all within a bounded time.

import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds. Together they stay below the ten seconds in which a stop must be over. */
const QUIET = 25;
const LONGEST_DRAIN = 1_000;
/** Turns of the event loop. */
const QUIET_TURNS = 5;
/** A turn counts as no longer than this, in milliseconds: a process that was not run meanwhile could let nobody in. */
const LONGEST_TURN = 100;
const BETWEEN_LOOKS = 50;
const CLOSING_PATIENCE = 5_000;

export interface Stopping {
  /** Whether the end is announced: answers then say `Connection: close`, and the emulator is not ready any more. */
  readonly begun: () => boolean;
  /** Announces, lets in who already stands at the door, and ends. */
  readonly stop: () => Promise<void>;
}

/**
 * @param servers both listeners
 * @param close stops listening; resolves when every connection is closed
 */
export const createStopping = (servers: readonly Server[], close: () => Promise<unknown>): Stopping => {
  const open = new Set<Socket>();
  let accepted = 0;
  let begun = false;
  for (const server of servers)
    server.on('connection', (socket: Socket) => {
      accepted += 1;
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    });

  /**
   * Connections that the kernel took and the program did not yet accept are reset when listening stops. So they are
   * accepted first: until nobody new came for a moment, or the moment has become too long. A turn of the event loop may
   * accept no more than one of them, and may take long: so turns are counted as well as time.
   */
  const drain = async (): Promise<void> => {
    let [seen, quiet, turns] = [accepted, 0, 0];
    for (let [spent, before] = [0, performance.now()]; spent < LONGEST_DRAIN; ) {
      await nextTurn();
      const now = performance.now();
      const turn = Math.min(now - before, LONGEST_TURN);
      before = now;
      spent += turn;
      quiet += turn;
      turns += 1;
      if (accepted !== seen) [seen, quiet, turns] = [accepted, 0, 0];
      else if (turns >= QUIET_TURNS && quiet >= QUIET) return;
    }
  };

  return {
    begun: () => begun,
    stop: async () => {
      begun = true;
      await drain();
      // A connection that was kept alive falls idle when its open request is answered; nothing closes it then but this.
      const idle = setInterval(() => {
        for (const server of servers) server.closeIdleConnections();
      }, BETWEEN_LOOKS);
      // Also those that never finished a handshake, which no server counts among its connections.
      const patience = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, CLOSING_PATIENCE);
      await close();
      clearInterval(idle);
      clearTimeout(patience);
    },
  };
};
