// The OpenAPI document of the REST face, made from the schemas that requests are checked against.

import { z } from 'zod';
import { errors } from '../codes.ts';
import { type RestRoute, restRoutes } from './routes.ts';

const jsonSchema = (schema: z.ZodType): unknown => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', unrepresentable: 'any' });
  return rest;
};

const content = (schema: z.ZodType, media = 'application/json') => ({
  [media]: { schema: jsonSchema(schema) },
});

const header = (name: string, description: string, required: boolean, schema: Record<string, unknown>) => ({
  name,
  in: 'header',
  required,
  description,
  schema,
});

const actorHeaders = [
  header(
    'x-requestId',
    'Refused with 412 when it is used again within 24 hours; used up by a call that is valid, not before.',
    false,
    {
      type: 'string',
      maxLength: 46,
    },
  ),
  header('x-active-organisation-type-identifier', 'By default the certificate’s organisation.', false, {
    type: 'integer',
  }),
  header('x-active-organisation-code', 'By default the certificate’s organisation.', false, {
    type: 'string',
  }),
  header('x-request-user-type-identifier', 'By default 3, a system.', false, { type: 'integer' }),
  header('x-request-user-identifier', 'By default the certificate’s.', false, { type: 'string' }),
];

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  fejlkode: z.int().optional(),
  fejltekst: z.string(),
});

const operationOf = (route: RestRoute) => {
  const parameters = [...route.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1 },
  }));
  const citizen = header('x-civilregistrationIdentifier', 'CPR number of the citizen.', true, {
    type: 'string',
    pattern: '^[0-9]{10}$',
  });
  const statuses = [
    ...new Set([...Object.values(errors).map((error) => error.status as number), 412, 413, 415]),
  ].sort();
  return {
    operationId: route.name,
    summary: `${route.summary} [${route.basis}]`,
    parameters: [...parameters, ...(route.citizen ? [citizen] : []), ...actorHeaders],
    ...(route.body ? { requestBody: { required: true, content: content(route.body) } } : {}),
    responses: {
      200: { description: 'done', content: content(route.response) },
      ...Object.fromEntries(
        statuses.map((status) => [
          status,
          {
            description: 'refused, with fejlkode where the contract has one',
            content: content(problem, 'application/problem+json'),
          },
        ]),
      ),
    },
    'x-scope': route.scope,
  };
};

/** The OpenAPI 3.1 document. */
export const openApi = (version: string) => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of restRoutes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kontaktinformation (kontakt-emulator)',
      version,
      description:
        'The REST successor of the two SOAP services, over the same citizens. Client certificates (mutual TLS).',
    },
    paths,
  };
};
