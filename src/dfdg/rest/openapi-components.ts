// The parts of the OpenAPI document that several methods share: schemas, parameters, responses, ways to prove who calls.

import type { z } from 'zod';
import { jsonSchemaOf, problemSchema, type ServedAs, schemaOf } from '../../contract/openapi.ts';
import type { ContactStatus, ContactType } from '../register/citizen.ts';
import { organisationTypes, userTypes } from '../register/organisations.ts';
import { CITIZEN } from './openapi-examples.ts';
import { refusalResponses } from './openapi-responses.ts';
import { restRoutes } from './routes.ts';

/** What the document says of the emulator that serves it. */
export interface Served extends ServedAs {
  /** Whether a client certificate is asked for. */
  readonly required: boolean;
  /** Whether a bearer token must carry the method's scope. */
  readonly scopes: boolean;
}

type JsonSchema = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<ContactType, string>> = {
  1: 'mobiltelefon',
  2: 'fastnet telefon',
  3: 'mailadresse',
};
const STATUSES: Readonly<Record<ContactStatus, string>> = {
  1: 'ikke verificeret',
  2: 'verificeret',
  3: 'ugyldig',
};

/** A code list: its numbers as an enumeration, what each means in words and for generators. */
const codeList = (list: Readonly<Record<number, string>>, remark: string): JsonSchema => ({
  type: 'integer',
  enum: Object.keys(list).map(Number),
  description: `${Object.entries(list)
    .map(([number, meaning]) => `${number} ${meaning}`)
    .join(', ')}. ${remark}`,
  'x-enum-varnames': Object.values(list).map((meaning) =>
    meaning.replace(/(?:^|[\s-])(\S)/g, (_, letter: string) => letter.toUpperCase()),
  ),
  'x-enum-descriptions': Object.values(list),
});

/** What a member of a body is by its name, wherever it stands. */
const MEMBERS: Readonly<Record<string, string>> = {
  kontaktdataType: 'KontaktdataType',
  kontaktdatastatus: 'KontaktdataStatus',
  serviceRequestLogReferenceIdentifier: 'ServiceRequestLogReferenceIdentifier',
};

/** What an object is by the names of its members: a schema of its own, so that generators make one class of it. */
const OBJECTS: Readonly<Record<string, string>> = {
  'kontaktdata kontaktdataType': 'KontaktinformationInput',
  'kontaktdata kontaktdataType kontaktdatastatus': 'Kontaktinformation',
  civilregistrationIdentifier: 'Borger',
};

type Components = Record<string, unknown>;

const isObject = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same schema with its known parts taken out into components, and without the bounds of a JavaScript number. */
const share = (schema: unknown, components: Components): unknown => {
  if (Array.isArray(schema)) return schema.map((one) => share(one, components));
  if (!isObject(schema)) return schema;
  const shared: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER) continue;
    if (name !== 'properties' || !isObject(value)) {
      shared[name] = share(value, components);
      continue;
    }
    const member = ([key, one]: [string, unknown]): [string, unknown] => {
      const known = MEMBERS[key];
      return [key, known === undefined ? share(one, components) : schemaOf(known)];
    };
    shared[name] = Object.fromEntries(Object.entries(value).map(member));
  }
  const name = isObject(schema.properties)
    ? OBJECTS[Object.keys(schema.properties).sort().join(' ')]
    : undefined;
  if (name === undefined) return shared;
  components[name] = shared;
  return schemaOf(name);
};

const PROBLEM = problemSchema(
  {
    detail: { type: 'string', description: 'The same as fejltekst.' },
    fejlkode: { type: 'integer', description: 'The error code; left out where the contract has none.' },
    fejltekst: { type: 'string', description: 'The text of the error code.' },
  },
  ['fejltekst'],
);

const schemas = (): Components => {
  const components: Components = {
    Problem: PROBLEM,
    KontaktdataType: codeList(
      TYPES,
      'The members are documented, the numbers are assumed. Another number is refused with 9153.',
    ),
    KontaktdataStatus: codeList(STATUSES, 'Assumed. Another number is refused with 2002.'),
    ServiceRequestLogReferenceIdentifier: {
      type: 'string',
      format: 'uuid',
      description: 'The number of the call in the access log.',
    },
  };
  const add = (name: string, schema: z.ZodType): void => {
    components[name] = share(jsonSchemaOf(schema), components);
  };
  for (const { name, body, response } of restRoutes) {
    if (body) add(`${name}Request`, body);
    add(`${name}Response`, response);
  }
  return components;
};

const header = (
  name: string,
  description: string,
  schema: JsonSchema,
  example: unknown,
  required = false,
) => ({
  name,
  in: 'header',
  required,
  description,
  schema,
  example,
});

const parameters = {
  Citizen: header(
    'x-civilregistrationIdentifier',
    'The CPR number of the citizen.',
    { type: 'string', pattern: '^[0-9]{10}$' },
    CITIZEN,
    true,
  ),
  RequestId: header(
    'x-requestId',
    'An id of the request. Refused with 412 when the same certificate uses it again within 24 hours; used up by a call that is valid, not before.',
    { type: 'string', maxLength: 46 },
    'd3b1f2a0-5c1e-4f8e-9a57-0b6d1f6f4c11',
  ),
  ActiveOrganisationType: header(
    'x-active-organisation-type-identifier',
    'The type of the organisation that the call is made for; by default that of the certificate. The name of the header is assumed.',
    codeList(organisationTypes, 'Another number is refused with 8173.'),
    8,
  ),
  ActiveOrganisationCode: header(
    'x-active-organisation-code',
    'The code of the organisation that the call is made for; by default that of the certificate. The name of the header is assumed.',
    { type: 'string' },
    '101',
  ),
  RequestUserType: header(
    'x-request-user-type-identifier',
    'The type of the user; by default 3, a system. The name of the header is assumed.',
    codeList(userTypes, 'Another number is refused with 8174.'),
    3,
  ),
  RequestUser: header(
    'x-request-user-identifier',
    'The user; by default that of the certificate. The name of the header is assumed.',
    { type: 'string' },
    'CVR:90000075-UUID:7e570000-0000-4000-8000-000000000075',
  ),
};

const securitySchemes = (scopes: boolean) => ({
  mutualTls: {
    type: 'mutualTLS',
    description:
      'A client certificate (OCES) with a CVR number, issued by an authority that the server trusts.',
  },
  ...(scopes
    ? {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: `A token that lists the scope of the method: ${[...new Set(restRoutes.map(({ scope }) => scope))].join(', ')}.`,
        },
      }
    : {}),
});

export const componentsOf = ({ scopes }: Served) => ({
  schemas: schemas(),
  parameters,
  responses: refusalResponses(scopes),
  securitySchemes: securitySchemes(scopes),
});
