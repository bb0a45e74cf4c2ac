// The comparison with the WSDL on a thread of its own: reading it takes a third of the time that all the rest of a start takes.

import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { type ContractOutline, compareWithWsdl, loadWsdlReader } from './wsdl.ts';

/** What is to be compared, as it comes from the main thread. */
const given = async (): Promise<readonly ContractOutline[]> => {
  if (!parentPort) throw new Error('only a thread of its own compares here');
  const [services] = (await once(parentPort, 'message')) as [readonly ContractOutline[]];
  return services;
};

const compare = async (): Promise<void> => {
  // What is to be compared may come while the reader is being loaded.
  const [services] = await Promise.all([given(), loadWsdlReader()]);
  for (const service of services) await compareWithWsdl(service);
};

// Only the message of a difference crosses over; the class of the error would not.
compare().then(
  () => parentPort?.postMessage(undefined),
  (error: Error) => parentPort?.postMessage(error.message),
);
