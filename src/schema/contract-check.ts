// The WSDL as the contract: what is written in code must be what is served, or the program does not start.

import { readFileSync } from 'node:fs';
import type { QName } from '../kernel/problem.ts';
import { packagePath } from '../kernel/root.ts';
import { UserError } from '../kernel/user-error.ts';
import type { OperationDescription, ServiceDescription } from '../soap/service.ts';
import { printQName } from '../xml/tree.ts';
import { readElements, readWsdl, type WsdlModel, type WsdlOperation } from './wsdl.ts';

type OperationOutline = Pick<OperationDescription, 'name' | 'request' | 'response' | 'action'>;

/** Of a service what its WSDL says too. */
export interface ContractOutline
  extends Pick<ServiceDescription, 'name' | 'version' | 'wsdl' | 'schemas' | 'headers'> {
  readonly operations: readonly OperationOutline[];
}

/** A difference between code and WSDL; the message names it in one line. */
export class ContractMismatch extends UserError {}

/** Reads a file of the package by its path. */
type Read = (path: string) => Uint8Array;

const readPackage: Read = (path) => readFileSync(packagePath(path));

const print = (name: QName | undefined): string => (name ? printQName(name) : 'nothing');

const printAll = (names: readonly (QName | undefined)[]): string =>
  names.map(print).toSorted().join(', ') || 'none';

const differenceIn = (
  operation: OperationOutline,
  headers: ContractOutline['headers'],
  found: WsdlOperation,
): string | undefined => {
  for (const side of ['request', 'response'] as const) {
    const [code, wsdl] = [print(operation[side]), print(found[side])];
    if (code !== wsdl) return `its ${side} is ${code} in code, ${wsdl} in the WSDL`;
  }
  const [known, declared] = [printAll(headers), printAll(found.headers)];
  if (known !== declared) return `its header blocks are ${known} in code, ${declared} in the WSDL`;
  const { action = '' } = operation;
  if (found.action !== action) return `its soapAction is "${action}" in code, "${found.action}" in the WSDL`;
  return found.style === 'document/literal'
    ? undefined
    : `it is document/literal in code, ${found.style} in the WSDL`;
};

/** The first difference between two lists of operations, in both directions. */
const differenceAmong = (
  { operations, headers }: ContractOutline,
  found: readonly WsdlOperation[],
): string | undefined => {
  const left = new Map(found.map((operation) => [operation.name, operation]));
  for (const operation of operations) {
    const { name } = operation;
    const declared = left.get(name);
    if (!declared) return `the operation ${name} is not in the WSDL`;
    const difference = differenceIn(operation, headers, declared);
    if (difference !== undefined) return `operation ${name}: ${difference}`;
    left.delete(name);
  }
  const [name] = left.keys();
  return name === undefined ? undefined : `the operation ${name} is not in the code`;
};

/** What the WSDL names and no schema that it imports has. */
const missingIn = (
  { schemas }: ContractOutline,
  { operations, imports }: WsdlModel,
  read: Read,
): string | undefined => {
  const strange = imports.find(({ location }) => schemas[location] === undefined);
  if (strange) return `it imports ${strange.location}, which the service does not have`;
  const names = operations.flatMap(({ request, response }) => [request, response]);
  // Only those that a message may come from: the others are compiled when they are needed.
  const namespaces = new Set(names.map((name) => name?.namespace));
  const declared = new Set(
    imports
      .filter(({ namespace }) => namespaces.has(namespace))
      .flatMap(({ location }) => readElements(read(`xsd/${schemas[location]}`)).map(print)),
  );
  const missing = names.map(print).find((name) => !declared.has(name));
  return missing === undefined ? undefined : `no schema that it imports declares ${missing}`;
};

/**
 * Compares a service in code with its WSDL, in both directions.
 *
 * @param read reads a file of the package; by default from the disk
 * @throws ContractMismatch naming the first difference
 */
export const checkContract = (service: ContractOutline, read: Read = readPackage): void => {
  const wsdl = readWsdl(read(`wsdl/${service.wsdl}`));
  const { version, operations } = wsdl;
  const code = service.version.name;
  const difference =
    version === code
      ? (differenceAmong(service, operations) ?? missingIn(service, wsdl, read))
      : `it speaks SOAP ${code} in code, ${version === undefined ? 'no SOAP' : `SOAP ${version}`} in the WSDL`;
  if (difference !== undefined)
    throw new ContractMismatch(`${service.name} differs from wsdl/${service.wsdl}: ${difference}`);
};
