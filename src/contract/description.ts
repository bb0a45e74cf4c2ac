// A contract in words, as data: operations with their fields, codes and rules, each with how well it is known.

import { describeProfile } from '../security/profiles/describe.ts';
import { builtIn } from '../security/profiles/profiles.ts';
import type { ServiceDescription } from '../soap/service.ts';
import type { Contract, FaceDescription } from './contract.ts';
import { fieldTypes } from './field-types.ts';

/** A contract, as far as it can be described. */
export type Described = Pick<
  Contract<never>,
  'name' | 'services' | 'faces' | 'codes' | 'statements' | 'profiled'
>;

export const describeService = (service: ServiceDescription) => {
  const types = fieldTypes(service);
  return {
    service: service.name,
    soap: service.version.name,
    paths: service.paths,
    operations: service.operations.map(({ name, summary, basis, fields, request }) => ({
      name,
      summary,
      basis,
      fields: fields.map((field) => ({ ...field, type: types.get(request.name)?.get(field.name) ?? '' })),
    })),
  };
};

const describeFace = ({ name, calls }: FaceDescription) => [
  name,
  calls.map((call) => ({
    name: call.name,
    method: call.method,
    path: call.path,
    scope: call.scope,
    basis: call.basis,
  })),
];

/** The built-in security profiles, line by line. */
export const profiles = [...builtIn.values()].map((profile) => ({
  name: profile.name,
  lines: describeProfile(profile),
}));

const describe = ({ services, faces, codes, statements, profiled }: Described) => ({
  services: services.map(describeService),
  ...Object.fromEntries(faces.map(describeFace)),
  codes: codes.list,
  ...(codes.never ? { unreachable: codes.never } : {}),
  rules: statements,
  ...(profiled ? { profiles } : {}),
});

/** All contracts, by the small name of their country. */
export const describeContracts = (contracts: readonly Described[]): Record<string, object> =>
  Object.fromEntries(contracts.map((one) => [one.name.toLowerCase(), describe(one)]));
