// xml-crypto asked on another thread: it takes 30 ms for a usual message, and more for an odd one.

import { Worker } from 'node:worker_threads';
import type { Opinion, Signed } from './opinion.ts';

/** How long it may take, in milliseconds. */
const PATIENCE = 5000;

// Run from its TypeScript source there is no compiled file that a thread could start with.
const compiled = import.meta.url.endsWith('.js');

const failed = (why: string): Opinion => ({ says: 'cannot say', why });

const onThread = (signed: Signed): Promise<Opinion> => {
  const worker = new Worker(new URL('./xml-crypto-worker.js', import.meta.url), { workerData: signed });
  // Whoever wants to stop does not wait for an opinion.
  worker.unref();
  return new Promise<Opinion>((resolve) => {
    const late = setTimeout(
      () => resolve(failed(`xml-crypto takes longer than ${PATIENCE / 1000} s`)),
      PATIENCE,
    );
    late.unref();
    worker.once('message', resolve);
    worker.once('error', ({ message }) => resolve(failed(`xml-crypto ends with: ${message}`)));
    worker.once('exit', () => resolve(failed('xml-crypto ends without a word')));
  }).finally(() => worker.terminate());
};

let last: Promise<unknown> = Promise.resolve();

/** One after the other, whoever asks. */
export const askElsewhere = (signed: Signed): Promise<Opinion> => {
  const asked = last.then(async () =>
    compiled ? await onThread(signed) : (await import('./xml-crypto.ts')).askXmlCrypto(signed),
  );
  last = asked.catch(() => undefined);
  return asked;
};
