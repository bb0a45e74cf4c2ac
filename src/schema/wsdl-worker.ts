// The comparison with the WSDL on a thread of its own: reading it takes a third of the time that all the rest of a start takes.

import { parentPort, workerData } from 'node:worker_threads';
import { type ContractOutline, compareWithWsdl } from './wsdl.ts';

const compare = async (services: readonly ContractOutline[]): Promise<void> => {
  for (const service of services) await compareWithWsdl(service);
};

// Only the message of a difference crosses over; the class of the error would not.
compare(workerData).then(
  () => parentPort?.postMessage(undefined),
  (error: Error) => parentPort?.postMessage(error.message),
);
