// What the OpenAPI documents of all REST services have in common: who serves them, and how refusals are described.

import * as z from 'zod';
import { detailsBody, phraseOf } from '../http/details.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/** What a document says of the emulator that serves it. */
export interface ServedAs {
  readonly version: string;
  /** The address of the service, without a path. */
  readonly server: string;
}

export const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

/** A reference to a schema by its name. */
export const schemaOf = (name: string) => reference('schemas', name);

export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The schema that requests are checked against, or answers are made by, as the document shows it. */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { target: 'draft-2020-12', unrepresentable: 'any' });
  return json;
};

const members = {
  type: { type: 'string', format: 'uri-reference' },
  title: { type: 'string', description: 'The phrase of the HTTP status.' },
  status: { type: 'integer', minimum: 400, maximum: 599 },
  detail: { type: 'string', description: 'What is wrong.' },
};

/** Problem details, with what the contract adds to them. */
export const problemSchema = (
  own: Readonly<Record<string, JsonSchema>> = {},
  required: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  description: 'Problem details (RFC 9457). Other members may come.',
  properties: { ...members, ...own },
  required: [...Object.keys(members), ...required],
  additionalProperties: true,
});

/** A refusal as the document shows it. */
export const problemExample = (
  status: number,
  text: string,
  own: Readonly<Record<string, unknown>> = {},
) => ({
  summary: text,
  value: detailsBody({ status, text, members: own }),
});

/** `NotFound` */
export const responseName = (status: number): string => phraseOf(status).replaceAll(' ', '');

interface RefusalResponse {
  readonly description: string;
  readonly examples: Readonly<Record<string, unknown>>;
  /** What a caller must bring, where the answer says so. */
  readonly challenge?: string | undefined;
}

export const refusalResponse = ({ description, examples, challenge }: RefusalResponse) => ({
  description,
  ...(challenge === undefined
    ? {}
    : {
        headers: {
          'WWW-Authenticate': {
            description: 'What to bring.',
            required: true,
            schema: { type: 'string' },
            example: challenge,
          },
        },
      }),
  content: { 'application/problem+json': { schema: schemaOf('Problem'), examples } },
});

interface Document {
  readonly title: string;
  readonly description: string;
  readonly security: readonly object[];
  /** Their descriptions by name. */
  readonly tags: Readonly<Record<string, string>>;
  readonly paths: Readonly<Record<string, object>>;
  readonly components: object;
}

/** The OpenAPI 3.1 document. */
export const documentOf = (
  { version, server }: ServedAs,
  { title, description, security, tags, paths, components }: Document,
) => ({
  openapi: '3.1.0',
  info: {
    title,
    version,
    description: `${description} Served by kontakt-emulator, a stand-in for tests; nothing in it is real. What no public source says is marked as assumed.`,
    contact: { name: 'The maintainers of kontakt-emulator' },
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: server, description: 'This emulator.' }],
  security,
  tags: Object.entries(tags).map(([name, about]) => ({ name, description: about })),
  paths,
  components,
});
