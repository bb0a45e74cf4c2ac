// The OpenAPI document of the REST service, made from the schemas that requests are checked against.

import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { body, response, routes } from './routes.ts';

const REFUSALS = {
  400: 'The body is not as this document says.',
  401: 'No bearer token, or one that is no JWT.',
  403: 'The token lacks the scope.',
  413: 'The body is too large.',
  415: 'The body is of a media type or a content encoding that is not taken.',
  500: 'The emulator itself failed; its log says why.',
  503: 'The register cannot be read now.',
} as const;

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });
const nameOf = (status: string): string => (STATUS_CODES[status] ?? status).replaceAll(' ', '');

const jsonOf = (schema: z.ZodType): object => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { target: 'draft-2020-12', unrepresentable: 'any' });
  return json;
};

const EXAMPLE = {
  personer: [
    {
      personidentifikator: '12838410985',
      reservasjon: 'NEI',
      status: 'AKTIV',
      varslingsstatus: 'KAN_VARSLES',
      kontaktinformasjon: { epostadresse: 'kari.testesen@example.no' },
    },
  ],
};

const operations = (): Record<string, object> =>
  Object.fromEntries(
    routes.map(({ name, path, scope, summary }) => [
      path,
      {
        post: {
          operationId: name,
          tags: ['personer'],
          summary: `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
          description:
            'Address, body and members are documented; the scope, the envelope of the answer and the refusals are assumed.',
          'x-scope': scope,
          requestBody: {
            required: true,
            description: 'Whom to look up.',
            content: {
              'application/json': {
                schema: ref('schemas', 'Request'),
                example: { personidentifikatorer: ['12838410985'] },
              },
            },
          },
          responses: {
            200: {
              description: 'One person for each number.',
              content: { 'application/json': { schema: ref('schemas', 'Response'), example: EXAMPLE } },
            },
            ...Object.fromEntries(
              Object.keys(REFUSALS).map((status) => [status, ref('responses', nameOf(status))]),
            ),
          },
        },
      },
    ]),
  );

const refusals = (): Record<string, object> =>
  Object.fromEntries(
    Object.entries(REFUSALS).map(([status, description]) => [
      nameOf(status),
      { description, content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } } },
    ]),
  );

/**
 * The OpenAPI 3.1 document.
 *
 * @param server the address of the service, without a path
 */
export const openApi = (version: string, server: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Kontakt- og reservasjonsregisteret',
    version,
    description:
      'The REST successor of Oppslagstjenesten, over the same register, for orientation. Served by kontakt-emulator, a stand-in for tests; nothing in it is real. What no public source says is marked as assumed.',
    contact: { name: 'The maintainers of kontakt-emulator' },
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: server, description: 'This emulator.' }],
  security: [{ bearer: [] }],
  tags: [{ name: 'personer', description: 'Persons by their numbers.' }],
  paths: operations(),
  components: {
    schemas: {
      Request: jsonOf(body),
      Response: jsonOf(response),
      Problem: {
        type: 'object',
        description: 'Problem details (RFC 9457).',
        properties: {
          type: { type: 'string', format: 'uri-reference' },
          title: { type: 'string' },
          status: { type: 'integer', minimum: 400, maximum: 599 },
          detail: { type: 'string' },
        },
        required: ['type', 'title', 'status', 'detail'],
      },
    },
    responses: refusals(),
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A token by its form, with the scope of the method; its signature is not verified.',
      },
    },
  },
});
