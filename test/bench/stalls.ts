// How long one request of a stranger holds the main thread, by hand: node --import tsx test/bench/stalls.ts [part of a name]
//
// The emulator runs in a worker, so that its event loop is measured alone: the least of several tries counts, since the
// machine does other things too. Nothing here has a key that is trusted.

import { request } from 'node:http';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { openEmulator } from '../starting.ts';
import { families, type Target } from './stalls/families.ts';

const TRIES = 7;
const AIM = 50;

interface Ready {
  readonly url: string;
  readonly stranger: { readonly certificatePem: string; readonly keyPem: string };
}

const serve = async (): Promise<void> => {
  const { profile } = workerData as { profile: string };
  const emulator = await openEmulator({ port: 0, tlsPort: 0, inMemory: true, log: 'silent', profile });
  const found = emulator.pki.clients.get('selvsignert');
  if (!found) throw new Error('no client selvsignert');
  const { certificatePem, keyPem } = found;
  parentPort?.postMessage({ url: emulator.url, stranger: { certificatePem, keyPem } } satisfies Ready);
};

const send = (url: string, { method, path, headers, body }: Target): Promise<number> =>
  new Promise((resolve, reject) => {
    const outgoing = request(`${url}${path}`, { method, headers, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    // A body that is too large is answered before it is read.
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve(0) : reject(error),
    );
    outgoing.end(body);
  });

/** Milliseconds that the worker's event loop was busy with the request, at least. */
const measure = async (
  worker: Worker,
  url: string,
  target: Target,
): Promise<[status: number, least: number]> => {
  let [status, least] = [0, Number.POSITIVE_INFINITY];
  for (let round = 0; round < TRIES; round += 1) {
    const before = worker.performance.eventLoopUtilization();
    status = (await send(url, target)) || status;
    // What is left to do when the answer is out is done by then.
    await new Promise((resolve) => setTimeout(resolve, 20));
    least = Math.min(least, worker.performance.eventLoopUtilization(before).active);
  }
  return [status, least];
};

const run = async (profile: string, wanted: string): Promise<number> => {
  // A worker does not inherit the loader of TypeScript.
  const worker = new Worker(
    `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(import.meta.url)}); })`,
    { eval: true, workerData: { profile } },
  );
  const { url, stranger } = await new Promise<Ready>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  let worst = 0;
  for (const { name, targets } of families(stranger)) {
    for (const target of targets()) {
      const title = `${profile} ${target.service} ${name}`;
      if (!title.includes(wanted)) continue;
      const [status, least] = await measure(worker, url, target);
      worst = Math.max(worst, least);
      process.stdout.write(
        `${least > AIM ? '!' : ' '} ${least.toFixed(1).padStart(7)} ms  ${String(status).padStart(3)}  ${String(target.body.length).padStart(8)} bytes  ${title}\n`,
      );
    }
  }
  await worker.terminate();
  return worst;
};

if (isMainThread) {
  const wanted = process.argv[2] ?? '';
  let worst = 0;
  for (const profile of ['observed', 'none']) worst = Math.max(worst, await run(profile, wanted));
  process.stdout.write(`the slowest: ${worst.toFixed(1)} ms of the main thread (the aim: ${AIM})\n`);
} else {
  await serve();
}
