// kontakt contract: operations, fields, codes and rules, each with how well it is known.

import { errors, unreachable } from '../dfdg/codes.ts';
import { danishServices } from '../dfdg/contract.ts';
import { restRoutes } from '../dfdg/rest/routes.ts';
import { statements as danishStatements } from '../dfdg/statements.ts';
import type { Statement } from '../kernel/problem.ts';
import { norwegianServices } from '../kontaktregister/contract.ts';
import { descriptions } from '../kontaktregister/postkasseleverandoer/codes.ts';
import { statements as norwegianStatements } from '../kontaktregister/statements.ts';
import { describeProfile } from '../security/profiles/describe.ts';
import { builtIn } from '../security/profiles/profiles.ts';
import type { ServiceDescription } from '../soap/service.ts';
import { fieldTypes } from './field-types.ts';
import { print, printJson } from './print.ts';

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

const describeNorway = () => ({
  services: norwegianServices.map(describeService),
  codes: Object.entries(descriptions).map(([code, meaning]) => ({
    code,
    meaning,
    basis: 'documented' as const,
  })),
  rules: norwegianStatements,
  profiles: [...builtIn.values()].map((profile) => ({ name: profile.name, lines: describeProfile(profile) })),
});

const describeDenmark = () => ({
  services: danishServices.map(describeService),
  rest: restRoutes.map(({ name, method, path, scope, basis }) => ({ name, method, path, scope, basis })),
  codes: Object.entries(errors).map(([code, { english, basis, status }]) => ({
    code,
    meaning: english,
    basis,
    status,
  })),
  unreachable: Object.entries(unreachable).map(([code, reason]) => ({ code, reason })),
  rules: danishStatements,
});

type Service = ReturnType<typeof describeService>;
type Norway = ReturnType<typeof describeNorway>;
type Denmark = ReturnType<typeof describeDenmark>;

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

const printNorway = ({ services, codes, rules, profiles }: Norway): string[] => [
  'NORWAY',
  '',
  ...services.flatMap(printService),
  'codes (beskrivelse)',
  ...codes.map(({ code, meaning, basis }) => `  ${code.padEnd(32)}${meaning} [${basis}]`),
  '',
  ...printRules(rules),
  `security profiles: ${profiles.map(({ name }) => name).join(', ')}; kontakt contract --security prints them line by line`,
  '',
];

const printDenmark = ({ services, rest, codes, unreachable: never, rules }: Denmark): string[] => [
  'DENMARK',
  '',
  ...services.flatMap(printService),
  'rest, over mutual TLS; OpenAPI at /v1/openapi.json',
  ...rest.map(({ name, method, path, basis }) => `  ${name.padEnd(36)}${method.padEnd(5)}${path} [${basis}]`),
  '',
  'codes (ErrorCode, fejlkode), with the HTTP status over REST',
  ...codes.map(({ code, meaning, basis, status }) => `  ${code}  ${status}  ${meaning} [${basis}]`),
  ...never.map(({ code, reason }) => `  ${code}  never: ${reason}`),
  '',
  ...printRules(rules),
];

export const contract = ({ json }: { json?: boolean }): void => {
  const norway = describeNorway();
  const denmark = describeDenmark();
  if (json) printJson({ norway, denmark });
  else print([...printNorway(norway), ...printDenmark(denmark)].slice(0, -1));
};
