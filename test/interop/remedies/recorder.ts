// Where a stack sends in earnest and is not answered: what it sends is kept, to be sent to the emulator by the test.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Bytes under the headers that the stack wrote. */
export interface Recorded {
  readonly base64: string;
  readonly headers: Readonly<Record<string, string>>;
}

const KEPT = ['content-type', 'soapaction'];

/**
 * @param count how many messages there have to be
 * @param send lets a stack send them to an address, and returns what it said
 * @returns what came, in its order
 */
export const recorded = async (
  count: number,
  send: (address: string) => Promise<string>,
): Promise<Recorded[]> => {
  const kept: Recorded[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const headers = KEPT.flatMap((name) => {
        const value = incoming.headers[name];
        return typeof value === 'string' ? [[name, value] as const] : [];
      });
      kept.push({ base64: Buffer.concat(chunks).toString('base64'), headers: Object.fromEntries(headers) });
      outgoing.writeHead(500, { connection: 'close' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let said: string;
  try {
    said = await send(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  assert.equal(kept.length, count, said);
  return kept;
};
