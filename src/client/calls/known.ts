// What can be called: the services with their operations, for people who ask and for shells that complete.

import type { FaceDescription } from '../../contract/contract.ts';
import { countries } from '../../countries.ts';
import type { ServiceDescription } from '../../soap/service.ts';

export interface KnownOperation {
  readonly name: string;
  readonly summary: string;
  /** Over REST: method and path. */
  readonly call?: string;
}

export interface KnownService {
  readonly name: string;
  readonly title: string;
  readonly operations: readonly KnownOperation[];
}

const soap = ({ name, title, operations }: ServiceDescription): KnownService => ({ name, title, operations });

const face = ({ name, title, calls }: FaceDescription): KnownService => ({
  name,
  title,
  operations: calls.map((call) => ({
    name: call.name,
    summary: call.summary,
    call: `${call.method} ${call.path}`,
  })),
});

const contracts = Object.values(countries);

/** In the order in which they are listed. */
export const knownServices: readonly KnownService[] = [
  ...contracts.flatMap(({ services }) => services.map(soap)),
  ...contracts.flatMap(({ faces }) => faces.map(face)),
];

/** `<service>.<operation>` of everything that can be called. */
export const knownTargets = (): string[] =>
  knownServices.flatMap(({ name, operations }) => operations.map((operation) => `${name}.${operation.name}`));
