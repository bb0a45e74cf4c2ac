// Between an engine and its server: a socket that can be cut, or that stalls.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOCKET = '.s.PGSQL.5432';

/**
 * Where the connection is cut: before the server has these octets, after it has them, or when it has answered so many of them;
 * or that it stalls, and no other one, when the server has them.
 */
type Look = (octets: Buffer) => 'before' | 'after' | number | 'stall' | undefined;

/** How a simple query begins in the protocol: its letter and its length. */
const QUERY = 5;
/** Where in what an engine sends the commit begins, when it goes out with what it commits; undefined: it does not. */
export const commitIn = (octets: Buffer): number | undefined => {
  const at = octets.indexOf('COMMIT\0') - QUERY;
  return at > 0 ? at : undefined;
};

/** Sync asks the server for an answer, and ReadyForQuery is the end of one. */
const [SYNC, READY] = ['S\0\0\0\x04', 'Z\0\0\0\x05'];
const countOf = (octets: Buffer, message: string): number =>
  octets.toString('latin1').split(message).length - 1;

export interface Passage {
  /** The folder of its socket. */
  readonly folder: string;
  /** Ends every connection that there is; what is under way is lost. */
  cut(): void;
  /** Lets nothing through any more, in neither direction, until it is told to go on. */
  stall(): void;
  goOn(): void;
  /** Looks at what an engine sends, and says whether the connection is cut or stalls. */
  watch(look: Look | undefined): void;
  /** Ends every connection, and takes no other. */
  end(): void;
}

/** @param target the folder of the server's socket */
export const openPassage = async (target: string): Promise<Passage> => {
  const folder = mkdtempSync(join(tmpdir(), 'kontakt-passage-'));
  const sockets = new Set<Socket>();
  let look: Look | undefined;
  let stalled = false;
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    const upstream = dial(join(target, SOCKET));
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        // What the server has is carried out, as over a network that is gone.
        upstream.destroySoon();
      });
      if (stalled) socket.pause();
    }
    upstream.on('data', (octets) => void client.write(octets));
    client.on('data', (octets) => {
      const cutWhen = look?.(octets);
      if (typeof cutWhen === 'number') {
        const asked = octets.subarray(0, cutWhen);
        let unanswered = countOf(asked, SYNC);
        upstream.on('data', (answer) => {
          unanswered -= countOf(answer, READY);
          if (unanswered <= 0) client.destroySoon();
        });
        upstream.write(asked);
        return;
      }
      if (cutWhen !== 'before') upstream.write(octets);
      if (cutWhen === 'stall') for (const socket of [client, upstream]) socket.pause();
      else if (cutWhen) client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(join(folder, SOCKET), resolve));
  server.unref();
  return {
    folder,
    cut,
    stall: () => {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    goOn: () => {
      stalled = false;
      for (const socket of sockets) socket.resume();
    },
    watch: (next) => {
      look = next;
    },
    end: () => {
      server.close();
      cut();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
