// The OpenAPI document of the Danish service as generators and people read it: where it is, how to prove who calls, shared parts.

import assert from 'node:assert/strict';
import { startRunning } from '../running.ts';
import { openStation, type RestReply, type Station } from './client.ts';
import { type Document, documentAt } from './document.ts';
import { dereference } from './schema.ts';

type Emulator = Awaited<ReturnType<typeof startRunning>>;

const documentOf = (url: string): Promise<Document> => documentAt(url, '/v1/openapi.json');

describe('the Danish OpenAPI document', () => {
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
});
