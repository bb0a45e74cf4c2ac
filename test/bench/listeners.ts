// What listeners to the events cost the service: processor time of a call with none and with fifty, in turns. By hand:
// node --import tsx test/bench/listeners.ts

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { createEmulator, type Emulator } from '../../src/index.ts';

const LISTENERS = 50;
const ROUNDS = 6;
const CALLS = 1500;
const AT_ONCE = 8;

const body = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>';

const call = async (url: string): Promise<void> => {
  const init = { method: 'POST', headers: { 'content-type': 'text/xml' }, body };
  await (await fetch(`${url}/ws-postkasseleverandoer-v1`, init)).arrayBuffer();
};

/** Processor time of this process for a call, in microseconds: the emulator, and the client that calls. */
const costOf = async ({ url }: Emulator): Promise<number> => {
  const before = process.cpuUsage();
  const worker = async (): Promise<void> => {
    for (let count = 0; count < CALLS / AT_ONCE; count += 1) await call(url);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
};

/** Listens in a process of its own: what reading costs is no cost of the emulator. */
const listeners = async ({ url }: Emulator): Promise<ChildProcess> => {
  const child = fork(import.meta.filename, [url]);
  await once(child, 'message');
  return child;
};

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[values.length >> 1] ?? 0;

const measure = async (): Promise<void> => {
  const start = () => createEmulator({ port: 0, tlsPort: 0, inMemory: true, log: 'silent' });
  const [unheard, heard] = await Promise.all([start(), start()]);
  const child = await listeners(heard);
  for (const one of [unheard, heard]) await costOf(one);
  const costs: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    costs[0].push(await costOf(unheard));
    costs[1].push(await costOf(heard));
  }
  const [none, fifty] = costs.map((values) => median(values).toFixed(0));
  process.stdout.write(
    `microseconds of processor time for a refused call: ${none} without listeners, ${fifty} with ${LISTENERS}\n`,
  );
  child.kill();
  await Promise.all([unheard.close(), heard.close()]);
};

const [, , address] = process.argv;
if (address === undefined) await measure();
else {
  let open = 0;
  for (let count = 0; count < LISTENERS; count += 1)
    get(`${address}/_emulator/events`, { agent: false }, (response) => {
      response.resume();
      open += 1;
      if (open === LISTENERS) process.send?.('open');
    });
}
