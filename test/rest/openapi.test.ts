// The OpenAPI document as generators and people read it: where the service is, how to prove who calls, shared parts, examples.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startRunning } from '../running.ts';
import { openStation, type RestReply, type Station } from './client.ts';
import { dereference, faults, type Schema } from './schema.ts';

interface Example {
  readonly value: unknown;
}
interface Content {
  readonly schema: Schema;
  readonly examples: Readonly<Record<string, Example>>;
}
interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly example: unknown }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, Content>> }>>;
}
interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}
type Emulator = Awaited<ReturnType<typeof startRunning>>;

const documentOf = async (url: string, host?: string): Promise<Document> => {
  const response = await fetch(`${url}/v1/openapi.json`, host === undefined ? {} : { headers: { host } });
  assert.equal(response.status, 200);
  return (await response.json()) as Document;
};

/** Whether Redocly’s recommended rules find nothing; its own news and counts stay at home. */
const redocly = (file: string): Promise<{ code: number | null; said: string }> =>
  new Promise((done, reject) => {
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const program = resolve(import.meta.dirname, '../../node_modules/@redocly/cli/bin/cli.js');
    const args = [program, 'lint', '--extends=recommended', '--format=json', file];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.on('error', reject);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', (code) => done({ code, said: Buffer.concat(chunks).toString('utf8') }));
  });

describe('the OpenAPI document', () => {
  let station: Station;
  let emulator: Emulator;
  let document: Document;
  before(async () => {
    station = await openStation();
    emulator = station.emulator;
    document = await documentOf(emulator.url);
  });
  after(() => station.close());

  it('names the https address, by the name that it was asked at, or the public one', async () => {
    const { port } = new URL(emulator.tlsUrl);
    assert.deepEqual(
      document.servers.map(({ url }) => url),
      [`https://127.0.0.1:${port}`],
    );
    const asked = await documentOf(emulator.url.replace('127.0.0.1', 'localhost'));
    assert.equal(asked.servers[0]?.url, `https://localhost:${port}`);
    const published = await startRunning({ publicUrl: 'https://dfdg.example.test/proxy/' });
    const { servers } = await documentOf(published.url);
    await published.close();
    assert.equal(servers[0]?.url, 'https://dfdg.example.test/proxy');
  });

  it('asks for a client certificate; for a token too where scopes are on; for neither where nothing is asked for', async () => {
    const securityOf = async (options: Parameters<typeof startRunning>[0]) => {
      const other = await startRunning(options);
      const { security, components } = await documentOf(other.url);
      await other.close();
      return [security, Object.keys(components.securitySchemes ?? {})];
    };
    const mutualTls: never[] = [];
    const bearer: never[] = [];
    assert.deepEqual(document.security, [{ mutualTls }]);
    assert.equal(document.components.securitySchemes?.mutualTls?.type, 'mutualTLS');
    assert.deepEqual(await securityOf({ dfdg: { scopes: true } }), [
      [{ mutualTls, bearer }],
      ['mutualTls', 'bearer'],
    ]);
    assert.deepEqual(await securityOf({ profile: 'none' }), [[{}, { mutualTls }], ['mutualTls']]);
  });

  it('has each part once, no bounds of a JavaScript number, and problems that may grow', () => {
    const text = JSON.stringify(document);
    assert.doesNotMatch(text, /9007199254740991/);
    assert.equal(text.match(/"fejlkode":\{/g)?.length, 1);
    assert.equal(document.components.schemas?.Problem?.additionalProperties, true);
    for (const [name, kind] of [
      ['KontaktdataType', /1 mobiltelefon, 2 fastnet telefon, 3 mailadresse/],
      ['KontaktdataStatus', /1 ikke verificeret, 2 verificeret, 3 ugyldig/],
    ] as const) {
      const schema: Readonly<Record<string, unknown>> | undefined = document.components.schemas?.[name];
      assert.deepEqual(schema?.enum, [1, 2, 3]);
      assert.match(String(schema?.description), kind);
    }
  });

  it('describes every method, with a tag, and examples of what goes and comes that fit their schemas', () => {
    const { paths } = dereference(document) as Document;
    for (const {
      operationId,
      tags,
      summary,
      description,
      requestBody,
      responses,
      parameters,
    } of Object.values(paths).flatMap((methods) => Object.values(methods))) {
      assert.deepEqual(
        [tags.length, summary.length > 0, description.length > 80],
        [1, true, true],
        operationId,
      );
      for (const { name, example } of parameters) assert.ok(example !== undefined, `${operationId} ${name}`);
      for (const [where, { content }] of [
        ...(requestBody ? [['request', requestBody] as const] : []),
        ...Object.entries(responses),
      ])
        for (const { schema, examples } of Object.values(content)) {
          assert.ok(Object.keys(examples).length > 0, `${operationId} ${where}`);
          for (const { value } of Object.values(examples))
            assert.deepEqual([...faults(schema, value)], [], `${operationId} ${where}`);
        }
    }
  });

  it('its requests, sent as they stand, are answered as it shows', async () => {
    const { paths } = dereference(document) as Document;
    const send = async (path: string, method: string): Promise<RestReply[]> => {
      const operation = paths[path]?.[method];
      assert.ok(operation);
      const headers: Record<string, string> = {};
      let url = path;
      for (const { name, in: place, example } of operation.parameters) {
        if (place === 'path') url = url.replace(`{${name}}`, encodeURIComponent(String(example)));
        else if (name !== 'x-requestId') headers[name] = String(example);
      }
      const bodies = Object.values(
        operation.requestBody?.content['application/json']?.examples ?? { none: { value: undefined } },
      );
      const replies: RestReply[] = [];
      for (const { value } of bodies)
        replies.push(await station.as('jobcenter')(method.toUpperCase(), url, { headers, body: value }));
      return replies;
    };
    const base = '/v1/kontaktinformation';
    const statuses: number[] = [];
    for (const [path, method] of [
      [base, 'post'],
      [base, 'get'],
      [`${base}/verifikationskode`, 'post'],
      [`${base}/status`, 'post'],
      [`${base}/mobiltelefon/{mobiltelefon}`, 'get'],
      [`${base}/emailaddresse/{email}`, 'get'],
    ] as const)
      statuses.push(...(await send(path, method)).map(({ status }) => status));
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 200, 200]);
    assert.equal(
      (await send(`${base}/verificering`, 'post'))[0]?.status,
      422,
      'nobody knows the code before',
    );
  });

  it('Redocly’s recommended rules find nothing in it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
    const other = await startRunning({ dfdg: { scopes: true } });
    try {
      for (const [index, { url }] of [emulator, other].entries()) {
        const file = join(folder, `openapi-${index}.json`);
        writeFileSync(file, JSON.stringify(await documentOf(url)));
        const { code, said } = await redocly(file);
        const { totals, problems } = JSON.parse(said) as {
          totals: Record<string, number>;
          problems: unknown[];
        };
        assert.deepEqual([code, problems], [0, []], said);
        assert.deepEqual([totals.errors, totals.warnings], [0, 0]);
      }
    } finally {
      rmSync(folder, { recursive: true });
      await other.close();
    }
  }).timeout(60_000);
});
