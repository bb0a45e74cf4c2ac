// kontakt contract: operations, fields, codes and rules, each with how well it is known.

import type { Codes, FaceDescription } from '../../contract/contract.ts';
import { type Described, describeContracts, describeService, profiles } from '../../contract/description.ts';
import { contracts } from '../../emulator/contracts.ts';
import type { Statement } from '../../kernel/problem.ts';
import { print, printJson } from '../print.ts';

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

const printContract = (one: Described): string[] => [
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
  if (json) printJson(describeContracts(contracts));
  else print(contracts.flatMap(printContract).slice(0, -1));
};
