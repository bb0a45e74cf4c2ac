// What can be called: the services with their operations, for people who ask and for shells that complete.

import { danishServices } from '../../dfdg/contract.ts';
import { restRoutes } from '../../dfdg/rest/routes.ts';
import { norwegianServices } from '../../kontaktregister/contract.ts';
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

/** In the order in which they are listed. */
export const knownServices: readonly KnownService[] = [
  ...norwegianServices.map(soap),
  ...danishServices.map(soap),
  {
    name: 'rest',
    title: 'DFDG REST',
    operations: restRoutes.map(({ name, summary, method, path }) => ({
      name,
      summary,
      call: `${method} ${path}`,
    })),
  },
];

/** `<service>.<operation>` of everything that can be called. */
export const knownTargets = (): string[] =>
  knownServices.flatMap(({ name, operations }) => operations.map((operation) => `${name}.${operation.name}`));
