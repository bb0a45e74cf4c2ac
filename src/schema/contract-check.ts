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

// Run from its TypeScript source there is no compiled file that a thread could start with.
const compiled = import.meta.url.endsWith('.js');

let prepared: Worker | undefined;

/** Begins with what can be done before the services are known; whoever wants to start fast calls it first. */
export const prepareContractCheck = (): void => {
  if (!compiled) return;
  prepared ??= new Worker(new URL('./wsdl-worker.js', import.meta.url));
  // Where the start ends early, nobody waits for it.
  prepared.unref();
};

const compareElsewhere = (services: readonly ContractOutline[]): Promise<void> => {
  prepareContractCheck();
  const worker = prepared;
  prepared = undefined;
  return new Promise((resolve, reject) => {
    worker?.ref();
    worker?.once('message', (difference: string | undefined) =>
      difference === undefined ? resolve() : reject(new ContractMismatch(difference)),
    );
    worker?.once('error', reject);
    worker?.postMessage(services.map(outlineOf));
  });
};

const compareHere = async (services: readonly ContractOutline[]): Promise<void> => {
  for (const service of services) await compareWithWsdl(service);
};

/**
 * Compares every service with its WSDL.
 *
 * @throws ContractMismatch naming the first difference
 */
export const checkContracts = (services: readonly ContractOutline[]): Promise<void> => {
  const check = compiled ? compareElsewhere(services) : compareHere(services);
  // Whoever waits for it learns of a difference; a start that ends before that has another reason to tell.
  check.catch(() => undefined);
  return check;
};
