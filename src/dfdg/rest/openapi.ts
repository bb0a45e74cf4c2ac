// The OpenAPI document of the REST face, made from the schemas that requests are checked against.

import { documentOf, reference, responseName, schemaOf, sentence } from '../../contract/openapi.ts';
import { organisationTypes } from '../register/organisations.ts';
import { componentsOf, type Served } from './openapi-components.ts';
import { examples } from './openapi-examples.ts';
import type { Status } from './openapi-responses.ts';
import type { RestRoute } from './route.ts';
import { restRoutes } from './routes.ts';

const TAGS = {
  Kontaktinformation: 'What is registered of a citizen: telephone numbers and an e-mail address.',
  Verificering: 'Codes that a citizen gets, and proves an address or a number with.',
  Opslag: 'Citizens by their mobile number or e-mail address.',
} as const;

const tagOf = ({ citizen, scope }: RestRoute): keyof typeof TAGS => {
  if (!citizen) return 'Opslag';
  return scope.includes('verificering') ? 'Verificering' : 'Kontaktinformation';
};

/** What a method may be answered with; a status that it cannot have is not listed. */
const statusesOf = ({ citizen, method, operation }: RestRoute): Status[] => {
  const always: Status[] = [400, 401, 403, 412, 413, 415, 500];
  const codes: Status[] = operation === 'GetVerificationCode' ? [429] : [];
  return [
    ...always,
    ...(citizen ? [404 as const] : []),
    ...(method === 'POST' ? [409 as const] : []),
    ...(operation === 'VerifyPersonContactData' ? [422 as const, 429 as const] : codes),
  ].sort();
};

const describe = ({ summary, allowed, operation, scope, basis }: RestRoute): string =>
  [
    `${sentence(summary)}.`,
    `For organisations of the types ${allowed.map((type) => `${type} (${organisationTypes[type]})`).join(', ')}.`,
    `Its scope is ${scope}.`,
    `Over SOAP it is ${operation}.`,
    basis === 'assumed' ? 'No public source describes this method: it is assumed.' : '',
  ]
    .join(' ')
    .trim();

const CALLER = [
  'RequestId',
  'ActiveOrganisationType',
  'ActiveOrganisationCode',
  'RequestUserType',
  'RequestUser',
];

const parametersOf = (route: RestRoute) => [
  ...[...route.path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: examples[route.name]?.parameter?.description ?? '',
    schema: { type: 'string', minLength: 1, maxLength: 500 },
    example: examples[route.name]?.parameter?.value,
  })),
  ...[...(route.citizen ? ['Citizen'] : []), ...CALLER].map((name) => reference('parameters', name)),
];

/** Ways to prove who calls, any one of them. The scope of a token stands in words: only OAuth 2 schemes list scopes. */
const securityOf = ({ required, scopes }: Served) => {
  const token = scopes ? { bearer: [] } : {};
  return required ? [{ mutualTls: [], ...token }] : [token, { mutualTls: [], ...token }];
};

const operationOf = (route: RestRoute) => {
  const { name, body } = route;
  const { request = {}, answer = {} } = examples[name] ?? {};
  return {
    operationId: name,
    tags: [tagOf(route)],
    summary: sentence(route.summary),
    description: describe(route),
    'x-scope': route.scope,
    parameters: parametersOf(route),
    ...(body
      ? {
          requestBody: {
            required: true,
            description: `What ${name} is given.`,
            content: { 'application/json': { schema: schemaOf(`${name}Request`), examples: request } },
          },
        }
      : {}),
    responses: {
      200: {
        description: 'Done.',
        content: {
          'application/json': { schema: schemaOf(`${name}Response`), examples: answer },
        },
      },
      ...Object.fromEntries(
        statusesOf(route).map((status) => [status, reference('responses', responseName(status))]),
      ),
    },
  };
};

/** The OpenAPI 3.1 document. */
export const openApi = (served: Served) => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of restRoutes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  return documentOf(served, {
    title: 'Kontaktinformation',
    description: [
      'Contact data of Danish citizens, as DFDG keeps it: the REST successor of the SOAP services',
      'PersonNotificationReminderService and JobnetPersonNotificationReminderService, over the same citizens.',
    ].join(' '),
    security: securityOf(served),
    tags: TAGS,
    paths,
    components: componentsOf(served),
  });
};
