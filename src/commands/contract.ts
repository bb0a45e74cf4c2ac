// kontakt contract: operations, fields, codes and rules, each with how well it is known.

import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import type { Basis } from '../kernel/problem.ts';
import { packagePath } from '../kernel/root.ts';
import { descriptions } from '../kontaktregister/codes.ts';
import { postkasseleverandoer } from '../kontaktregister/contract.ts';
import { profiles } from '../security/profiles.ts';
import type { ServiceDescription } from '../soap/service.ts';

/** The parts of a schema file that are read here; the reader makes a list of everything that may repeat. */
interface SchemaElement {
  readonly name: string;
  readonly type?: string;
  readonly complexType?: { readonly sequence?: { readonly element: readonly SchemaElement[] } }[];
}
interface SchemaFile {
  readonly schema: { readonly element: readonly SchemaElement[] };
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

/** The type of each field of a request, from the schema that is served. */
const fieldTypes = (service: ServiceDescription): Map<string, Map<string, string>> =>
  new Map(
    readSchema(service).schema.element.map(({ name, complexType }) => [
      name,
      new Map(complexType?.[0]?.sequence?.element.map((field) => [field.name, field.type ?? '']) ?? []),
    ]),
  );

interface Statement {
  readonly what: string;
  readonly basis: Basis;
}

const RULES: readonly Statement[] = [
  { what: 'messages, operations, types and codes as in the WSDL and the schemas', basis: 'documented' },
  { what: 'faults: plain SOAP faults, neither signed nor encrypted', basis: 'documented' },
  { what: 'fault codes of WS-Security failures: those of WSS 1.1', basis: 'assumed' },
  { what: 'organisation number of a certificate: 2.5.4.97, then serialNumber, then CN', basis: 'observed' },
  {
    what: 'security of this service: as documented for the lookup service 16-02, over SOAP 1.1',
    basis: 'assumed',
  },
  { what: 'answers are signed (Timestamp and Body), not encrypted', basis: 'assumed' },
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

const describe = (service: ServiceDescription) => {
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
    codes: Object.entries(descriptions).map(([code, meaning]) => ({
      code,
      meaning,
      basis: 'documented' as const,
    })),
    rules: RULES,
    profiles: Object.values(profiles).map(
      ({ name, required, timestamp, signatures, digests, bareReferences }) => ({
        name,
        ...(required
          ? { maxLifetime: timestamp.maxLifetime, skew: timestamp.skew, signatures, digests, bareReferences }
          : {}),
      }),
    ),
  };
};

type Profiles = ReturnType<typeof describe>['profiles'];

const printProfile = ({ name, maxLifetime, skew, digests = [], bareReferences }: Profiles[number]): string =>
  maxLifetime === undefined
    ? `  ${name.padEnd(10)}no Security header needed, answers not signed`
    : `  ${name.padEnd(10)}lifetime ${maxLifetime}, skew ${skew}, digests ${digests.map((uri) => uri.replace(/^.*#/, '')).join(' ')}, references without Transforms ${bareReferences ? 'taken' : 'refused'}`;

const print = (contract: ReturnType<typeof describe>): string => {
  const { service, soap, paths, operations, codes, rules } = contract;
  return [
    `${service}, SOAP ${soap}, ${paths.join(', ')}`,
    '',
    'operations',
    ...operations.flatMap(({ name, summary, basis, fields }) => [
      `  ${name}: ${summary} [${basis}]`,
      ...fields.map(
        (field) => `      ${field.name.padEnd(32)}${field.type}${field.required ? '' : ', optional'}`,
      ),
    ]),
    '',
    'codes (beskrivelse)',
    ...codes.map(({ code, meaning, basis }) => `  ${code.padEnd(32)}${meaning} [${basis}]`),
    '',
    'rules',
    ...rules.map(({ what, basis }) => `  ${what} [${basis}]`),
    '',
    'security profiles (seconds)',
    ...contract.profiles.map(printProfile),
    '',
  ].join('\n');
};

export const contract = ({ json }: { json?: boolean }): void => {
  const description = describe(postkasseleverandoer);
  process.stdout.write(json ? `${JSON.stringify(description, null, 2)}\n` : print(description));
};
