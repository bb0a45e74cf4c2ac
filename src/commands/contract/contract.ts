// kontakt contract: operations, fields, codes and rules, each with how well it is known.

import type { Codes, Contract, FaceDescription } from '../../contract/contract.ts';
import { contracts } from '../../emulator/contracts.ts';
import type { Statement } from '../../kernel/problem.ts';
import { describeProfile } from '../../security/profiles/describe.ts';
import { builtIn } from '../../security/profiles/profiles.ts';
import type { ServiceDescription } from '../../soap/service.ts';
import { print, printJson } from '../print.ts';
import { fieldTypes } from './field-types.ts';

const describeService = (service: ServiceDescription) => {
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

const profiles = [...builtIn.values()].map((profile) => ({
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

type Described = Pick<Contract<never>, 'services' | 'faces' | 'codes' | 'statements' | 'profiled'>;
type Service = ReturnType<typeof describeService>;

const printService = ({ service, soap, paths, operations }: Service): string[] => [
  `${service}, SOAP ${soap}, ${paths.join(', ')}`,
  ...operations.flatMap(({ name, summary, basis, fields }) => [
    `  ${name}: ${summary} [${basis}]`,
    ...fields.map(
      (field) => `      ${field.name.padEnd(42)}${field.type}${field.required ? '' : ', optional'}`,
    ),
  ]),
  '',
];

const printRules = (rules: readonly Statement[]): string[] => [
  'rules',
  ...rules.map(({ what, basis }) => `  ${what} [${basis}]`),
  '',
];

const printFace = ({ how, calls }: FaceDescription): string[] => [
  how,
  ...calls.map(
    ({ name, method, path, basis }) => `  ${name.padEnd(36)}${method.padEnd(5)}${path} [${basis}]`,
  ),
  '',
];

/** Codes that are words stand in a column; those that are numbers have a status beside them. */
const printCodes = ({ title, list, never = [] }: Codes): string[] => [
  title,
  ...list.map(({ code, meaning, basis, status }) =>
    status === undefined
      ? `  ${code.padEnd(32)}${meaning} [${basis}]`
      : `  ${code}  ${status}  ${meaning} [${basis}]`,
  ),
  ...never.map(({ code, reason }) => `  ${code}  never: ${reason}`),
  '',
];

const printContract = (one: Described & Pick<Contract<never>, 'name'>): string[] => [
  one.name.toUpperCase(),
  '',
  ...one.services.flatMap((service) => printService(describeService(service))),
  ...one.faces.flatMap(printFace),
  ...printCodes(one.codes),
  ...printRules(one.statements),
  ...(one.profiled
    ? [
        `security profiles: ${profiles.map(({ name }) => name).join(', ')}; kontakt contract --security prints them line by line`,
        '',
      ]
    : []),
];

export const contract = ({ json }: { json?: boolean }): void => {
  if (json) printJson(Object.fromEntries(contracts.map((one) => [one.name.toLowerCase(), describe(one)])));
  else print(contracts.flatMap(printContract).slice(0, -1));
};
