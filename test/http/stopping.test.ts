// The end of a listener: whoever stands at the door at that moment is let in, however long the process itself was not run.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { createStopping } from '../../src/http/stopping.ts';

describe('a listener that stops', () => {
  it('lets in everybody who stands at the door, also where the process was not run for a while', async () => {
    const server = createServer((_request, response) => response.end('come in')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { stop } = createStopping(
      [server],
      () => new Promise((resolve) => server.close(() => resolve(undefined))),
    );
    const { now } = performance;
    let looks = 0;
    performance.now = () => {
      looks += 1;
      // It slept for a minute after it had begun to stop.
      return now.call(performance) + (looks > 1 ? 60_000 : 0);
    };
    try {
      const answers = Array.from({ length: 20 }, async () => {
        const [response] = await once(get({ port, host: '127.0.0.1', agent: false }), 'response');
        response.resume();
        return response.statusCode as number;
      });
      const stopped = stop();
      assert.deepEqual(new Set(await Promise.all(answers)), new Set([200]));
      await stopped;
    } finally {
      performance.now = now;
    }
  });
});
