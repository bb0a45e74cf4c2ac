// kontakt contract: operations, fields, codes and rules, each with how well it is known.

import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { errors, unreachable } from '../dfdg/codes.ts';
import { jobnet, reminder } from '../dfdg/contract.ts';
import { restRoutes } from '../dfdg/rest/routes.ts';
import type { Basis } from '../kernel/problem.ts';
import { packagePath } from '../kernel/root.ts';
import { descriptions } from '../kontaktregister/codes.ts';
import { postkasseleverandoer } from '../kontaktregister/contract.ts';
import { describeProfile } from '../security/profiles/describe.ts';
import { builtIn } from '../security/profiles/profiles.ts';
import type { ServiceDescription } from '../soap/service.ts';

/** The parts of a schema file that are read here; the reader makes a list of everything that may repeat. */
interface ComplexType {
  readonly name?: string;
  readonly sequence?: { readonly element: readonly SchemaElement[] };
}
interface SchemaElement {
  readonly name: string;
  readonly type?: string;
  readonly complexType?: readonly ComplexType[];
}
interface SchemaFile {
  readonly schema: {
    readonly element: readonly SchemaElement[];
    readonly complexType?: readonly ComplexType[];
  };
}

const readSchema = (service: ServiceDescription): SchemaFile => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    removeNSPrefix: true,
    isArray: (name) => name === 'element' || name === 'complexType',
  });
  const [path = ''] = Object.values(service.schemas);
  return parser.parse(readFileSync(packagePath(`xsd/${path}`), 'utf8')) as SchemaFile;
};

/** The type of each field of a request, however deep, from the schema that is served. */
const fieldTypes = (service: ServiceDescription): Map<string, Map<string, string>> => {
  const { schema } = readSchema(service);
  const typeOf = ({ type, complexType }: SchemaElement): ComplexType | undefined =>
    complexType?.[0] ??
    schema.complexType?.find(({ name }) => name !== undefined && type?.endsWith(`:${name}`));
  const fieldsOf = (element: SchemaElement): [string, string][] =>
    (typeOf(element)?.sequence?.element ?? []).flatMap((field) => [
      ...fieldsOf(field),
      [field.name, field.type ?? ''] as [string, string],
    ]);
  // Of two fields with one name the deeper one is the one that holds text.
  return new Map(schema.element.map((element) => [element.name, new Map(fieldsOf(element).reverse())]));
};

interface Statement {
  readonly what: string;
  readonly basis: Basis;
}

const NORWEGIAN_RULES: readonly Statement[] = [
  { what: 'messages, operations, types and codes as in the WSDL and the schemas', basis: 'documented' },
  { what: 'faults: plain SOAP faults, neither signed nor encrypted', basis: 'documented' },
  { what: 'fault codes of WS-Security failures: those of WSS 1.1', basis: 'assumed' },
  { what: 'organisation number of a certificate: 2.5.4.97, then serialNumber, then CN', basis: 'observed' },
  {
    what: 'security of this service: as documented for the lookup service 16-02, over SOAP 1.1',
    basis: 'assumed',
  },
  {
    what: 'answers are signed (Timestamp, Body, SignatureConfirmation), and not encrypted (switch: --answer-encryption)',
    basis: 'assumed',
  },
  { what: 'a signature that was seen before is refused', basis: 'assumed' },
  {
    what: 'order of checks: person number, organisation number, certificate, person, reservation, mailboxes',
    basis: 'assumed',
  },
  {
    what: 'person numbers: today’s control digits and those of 2032 side by side; synthetic ones too',
    basis: 'documented',
  },
  { what: 'organisation numbers with 9908: or 0192: before them are taken', basis: 'assumed' },
  { what: 'a mailbox of another provider stays chosen (switch: --displace)', basis: 'assumed' },
  { what: 'every accepted change takes the next endringsnummer', basis: 'documented' },
];

const DANISH_RULES: readonly Statement[] = [
  {
    what: 'order of checks: certificate, headers, rights, body, citizen, the operation’s own rules',
    basis: 'documented',
  },
  { what: 'order within rights and within the operations’ own rules', basis: 'assumed' },
  { what: 'faultcode is the bare number (switch: dfdg.faultcode)', basis: 'documented' },
  {
    what: 'HTTP 500 for faults; answers begin with status, beskrivelse, ServiceRequestLogReferenceIdentifier',
    basis: 'assumed',
  },
  { what: 'CPR numbers: pattern, calendar and the register decide, never modulus 11', basis: 'documented' },
  {
    what: 'contact data types 1 mobile, 2 landline, 3 e-mail; statuses 1 not verified, 2 verified, 3 invalid',
    basis: 'assumed',
  },
  {
    what: 'all rows of a save or none; a changed value is unverified and its code dies; the same value changes nothing',
    basis: 'assumed',
  },
  {
    what: 'verification codes: six digits, 15 minutes, five attempts, used once (switches: dfdg.code…)',
    basis: 'assumed',
  },
  { what: 'codes 9241 wrong, 9243 expired, 9244 too many attempts', basis: 'assumed' },
  {
    what: 'telephone numbers: the pattern, and a number of a numbering plan; landline and mobile are not told apart',
    basis: 'assumed',
  },
  {
    what: 'the dead: writes 4405, reads allowed; a former CPR number: writes 9460, reads follow',
    basis: 'documented',
  },
  {
    what: 'a user of type 1 sees and changes only the citizen whose CPR number it gives (switch: dfdg.citizenUser)',
    basis: 'assumed',
  },
  {
    what: 'reminders go to verified mobile numbers and e-mail addresses, by a control call',
    basis: 'assumed',
  },
  { what: 'a request id is used up by a valid call only', basis: 'assumed' },
  { what: 'x-requestId used again by the same certificate within 24 hours: HTTP 412', basis: 'documented' },
  { what: 'every call, reads too, is in the access log with who acted', basis: 'documented' },
];

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
  services: [describeService(postkasseleverandoer)],
  codes: Object.entries(descriptions).map(([code, meaning]) => ({
    code,
    meaning,
    basis: 'documented' as const,
  })),
  rules: NORWEGIAN_RULES,
  profiles: [...builtIn.values()].map((profile) => ({ name: profile.name, lines: describeProfile(profile) })),
});

const describeDenmark = () => ({
  services: [reminder, jobnet].map(describeService),
  rest: restRoutes.map(({ name, method, path, scope, basis }) => ({ name, method, path, scope, basis })),
  codes: Object.entries(errors).map(([code, { english, basis, status }]) => ({
    code,
    meaning: english,
    basis,
    status,
  })),
  unreachable: Object.entries(unreachable).map(([code, reason]) => ({ code, reason })),
  rules: DANISH_RULES,
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
  process.stdout.write(
    json
      ? `${JSON.stringify({ norway, denmark }, null, 2)}\n`
      : [...printNorway(norway), ...printDenmark(denmark)].join('\n'),
  );
};
