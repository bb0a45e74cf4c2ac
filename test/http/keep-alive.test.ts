// Idle connections: both listeners keep them as long as the one setting says, and announce it.

import assert from 'node:assert/strict';
import { get as getHttp, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { get as getHttps, Agent as HttpsAgent } from 'node:https';
import { startRunning } from '../running.ts';

/** What node:http announces is what it keeps to: the header is made from the timeout of the server. */
const announced = async (keepAlive?: number): Promise<unknown[]> => {
  const emulator = await startRunning({ keepAlive });
  const { url, tlsUrl, pki } = emulator;
  const agents = [new HttpAgent({ keepAlive: true }), new HttpsAgent({ keepAlive: true, ca: pki.trustPem })];
  const [http, https] = agents;
  const headerOf = (begin: (take: (response: IncomingMessage) => void) => void) =>
    new Promise<string | string[] | undefined>((resolve) =>
      begin((response) => response.resume().on('end', () => resolve(response.headers['keep-alive']))),
    );
  const headers = [
    await headerOf((take) => getHttp(`${url}/_emulator/health`, { agent: http }, take)),
    await headerOf((take) => getHttps(`${tlsUrl}/_emulator/health`, { agent: https }, take)),
  ];
  for (const agent of agents) agent.destroy();
  await emulator.close();
  return headers;
};

describe('an idle connection', () => {
  it('is announced to be kept 72 seconds, over http and https', async () => {
    assert.deepEqual(await announced(), ['timeout=72', 'timeout=72']);
  });

  it('is kept as long as keepAlive says, over http and https', async () => {
    assert.deepEqual(await announced(7), ['timeout=7', 'timeout=7']);
  });
});
