// The OpenAPI document of a REST service as the tests read it.

import assert from 'node:assert/strict';
import { STATUS_CODES } from 'node:http';
import { countries } from '../../src/countries.ts';
import { dereference, faults, type Schema } from './schema.ts';

interface Example {
  readonly value: unknown;
}
interface Content {
  readonly schema: Schema;
  readonly examples: Readonly<Record<string, Example>>;
}
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
  readonly example: unknown;
}
interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly 'x-scope': string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, Content>>; readonly headers?: object }>
  >;
}
export interface Document {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** The REST services of all countries, as they are described. */
export const faces = Object.values(countries).flatMap((contract) => contract.faces);

export const documentAt = async (url: string, path: string): Promise<Document> => {
  const response = await fetch(`${url}${path}`);
  assert.equal(response.status, 200);
  return (await response.json()) as Document;
};

/** The documents that differ by more than their address: a linter needs no more. */
export const documentsOf = async (
  urls: readonly string[],
): Promise<readonly { readonly name: string; readonly text: string }[]> => {
  const found = new Map<string, { name: string; text: string }>();
  for (const url of urls)
    for (const { name, description } of faces) {
      const document = await documentAt(url, description);
      const key = JSON.stringify({ ...document, servers: [] });
      if (!found.has(key)) found.set(key, { name: `${name}-${found.size}`, text: JSON.stringify(document) });
    }
  return [...found.values()];
};

/** A method with its address. */
export interface Method extends Operation {
  readonly method: string;
  readonly path: string;
}

/** The methods of a document, with what its references point at in their place. */
export const methodsOf = (document: Document): readonly Method[] => {
  const { paths } = dereference(document) as Document;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...operation,
      path,
      method: method.toUpperCase(),
    })),
  );
};

export const bodyOf = ({ requestBody }: Method): Schema | undefined =>
  requestBody?.content['application/json']?.schema;

/** An answer; the names of its headers are in lower case. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** Asserts that the document declares an answer, with its headers, and that it is no defect. */
export const assertDeclared = (
  { operationId, responses }: Method,
  { status, type, json, headers }: Answered,
): void => {
  const what = `${operationId}: ${status} ${type} ${JSON.stringify(json)}`;
  assert.notEqual(status, 500, what);
  const declared = responses[String(status)]?.content[type];
  assert.ok(declared, `${what}: not declared`);
  assert.deepEqual([...faults(declared.schema, json)], [], what);
  for (const name of Object.keys(responses[String(status)]?.headers ?? {}))
    assert.ok(headers[name.toLowerCase()], `${what}: no ${name}`);
  if (status >= 400) assert.deepEqual([json.title, json.status], [STATUS_CODES[status], status], what);
  assert.ok(headers['kontakt-journal'], what);
};
