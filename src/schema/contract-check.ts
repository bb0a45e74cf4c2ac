// At the start: do code and WSDL agree? Asked beside everything else that a start has to do.

import { Worker } from 'node:worker_threads';
import { ContractMismatch, type ContractOutline, compareWithWsdl } from './wsdl.ts';

const outlineOf = ({ name, wsdl, schemas, operations }: ContractOutline): ContractOutline => ({
  name,
  wsdl,
  schemas,
  operations: operations.map(({ name: operation, request, response, action }) => ({
    name: operation,
    request,
    response,
    ...(action === undefined ? {} : { action }),
  })),
});

const compareElsewhere = (services: readonly ContractOutline[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./wsdl-worker.js', import.meta.url), {
      workerData: services.map(outlineOf),
    });
    worker.once('message', (difference: string | undefined) =>
      difference === undefined ? resolve() : reject(new ContractMismatch(difference)),
    );
    worker.once('error', reject);
  });

const compareHere = async (services: readonly ContractOutline[]): Promise<void> => {
  for (const service of services) await compareWithWsdl(service);
};

/**
 * Compares every service with its WSDL.
 *
 * @throws ContractMismatch naming the first difference
 */
export const checkContracts = (services: readonly ContractOutline[]): Promise<void> => {
  // Run from its TypeScript source there is no compiled file that a thread could start with.
  const check = import.meta.url.endsWith('.js') ? compareElsewhere(services) : compareHere(services);
  // Whoever waits for it learns of a difference; a start that ends before that has another reason to tell.
  check.catch(() => undefined);
  return check;
};
