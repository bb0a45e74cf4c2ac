// GET /_emulator/events: the events over HTTP, as a browser's EventSource and any program can read them.

import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Events, Listener } from './events.ts';

/** How much may wait for a listener, in bytes: more than all that is kept. One that reads more slowly is cut off, and told when it comes back. */
const MOST_WAITING = 4 * 1024 * 1024;

const listenerOver = (response: ServerResponse): Listener => ({
  write: (text) => {
    response.write(text);
    if (response.writableLength > MOST_WAITING) response.destroy();
  },
  end: () => response.end(),
});

interface Asked {
  readonly Querystring: { readonly after?: string };
}

/** Mounts the stream. HEAD would have to hold a connection for nothing, and is not there. */
export const mountEvents = (scope: FastifyInstance, events: Events): void => {
  scope.get<Asked>('/events', { exposeHeadRoute: false }, async (request, reply) => {
    const { raw } = reply;
    const heard = request.headers['last-event-id'];
    const after = request.query.after ?? (typeof heard === 'string' && heard !== '' ? heard : undefined);
    await events.ready();
    // Who has gone meanwhile would never be heard to leave.
    if (request.raw.socket.destroyed) return reply.hijack();
    const listener = listenerOver(raw);
    const { opening, leave } = events.listen(listener, after);
    raw.once('close', leave);
    reply.hijack();
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // What stands between must pass on each event when it comes.
      'x-accel-buffering': 'no',
    });
    listener.write(Buffer.from(opening));
  });
};
