// The OpenAPI document and the service agree: whatever is sent, the answer is one that the document declares.

import assert from 'node:assert/strict';
import { STATUS_CODES } from 'node:http';
import fc from 'fast-check';
import { openStation, type RestReply, type Station } from './client.ts';
import { dereference, type Familiar, faults, invalid, type Schema, valid } from './schema.ts';

type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content: Content; readonly headers?: object }>>;
}
interface Method extends Operation {
  readonly method: string;
  readonly path: string;
}

const CITIZENS = [
  '1403455896',
  '2510516152',
  '1206445390',
  '0812545531',
  '1005415515',
  '2004447541',
  '2406505319',
];
const FAMILIAR: Familiar = {
  texts: [
    '20123456',
    '34412301',
    '+4534412313',
    'a@example.dk',
    'bo&ida@example.dk',
    '123456',
    '101',
    '',
    '8',
  ],
  integers: [1, 2, 3, 4, 8],
};
const JSON_TYPE = 'application/json';

const bodyOf = ({ requestBody }: Method): Schema | undefined => requestBody?.content[JSON_TYPE]?.schema;

/** What a header can carry and a URL can hold. */
const visible = (text: string): string => text.replace(/[^\x20-\x7e]/g, '.').trim();

/** Half a surrogate pair has no octets in a URL. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** Headers and the path: each required parameter, now and then an optional one. */
const addressed = ({ path, parameters }: Method) => {
  const one = ({ name, schema }: Parameter): fc.Arbitrary<unknown> =>
    name === 'x-civilregistrationIdentifier'
      ? fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(...CITIZENS) },
          { weight: 1, arbitrary: valid(schema, FAMILIAR) },
        )
      : valid(schema, FAMILIAR);
  const optional = (parameter: Parameter) =>
    fc.oneof({ weight: 14, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one(parameter) });
  const given = parameters.map((parameter) => (parameter.required ? one(parameter) : optional(parameter)));
  return fc.tuple(...given).map((values) => {
    let url = path;
    const headers: Record<string, string> = {};
    for (const [index, value] of values.entries()) {
      const parameter = parameters[index];
      if (parameter === undefined || value === undefined) continue;
      const text = String(value);
      if (parameter.in === 'header') headers[parameter.name] = visible(text);
      else url = url.replace(`{${parameter.name}}`, encodeURIComponent(wellFormed(text)));
    }
    return { url, headers };
  });
};

const assertDeclared = (
  { operationId, responses }: Method,
  { status, type, json, text, journal, headers }: RestReply,
) => {
  const what = `${operationId}: ${status} ${type} ${text}`;
  assert.notEqual(status, 500, what);
  const declared = responses[String(status)]?.content[type];
  assert.ok(declared, `${what}: not declared`);
  assert.deepEqual([...faults(declared.schema, json)], [], what);
  for (const name of Object.keys(responses[String(status)]?.headers ?? {}))
    assert.ok(headers[name.toLowerCase()], `${what}: no ${name}`);
  if (status >= 400) {
    assert.deepEqual(
      [json.title, json.status, json.detail],
      [STATUS_CODES[status], status, json.fejltekst],
      what,
    );
  }
  assert.ok(journal, what);
};

describe('REST, the OpenAPI document kept', () => {
  let station: Station;
  let methods: readonly Method[];
  before(async () => {
    station = await openStation();
    const { json } = await station.as(undefined)('GET', '/v1/openapi.json');
    const { paths } = dereference(json) as { paths: Record<string, Record<string, Operation>> };
    methods = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        ...operation,
        path,
        method: method.toUpperCase(),
      })),
    );
  });
  beforeEach(() => station.emulator.reset());
  after(() => station.close());

  const names = [
    'CreateKontaktinformation',
    'UpdateVerificerKontaktinformation',
    'GetVerifikationskode',
    'UpdateKontaktinformation',
    'GetKontaktinformation',
    'GetKontaktinformationMobilNr',
    'GetKontaktinformationEmail',
  ];
  const methodOf = (name: string): Method => {
    const found = methods.find(({ operationId }) => operationId === name);
    assert.ok(found, name);
    return found;
  };
  const clients = fc.constantFrom(
    'jobcenter',
    'star',
    'akasse',
    'kommune',
    'jobnet',
    'fremmedcvr',
    undefined,
  );
  const usually = fc.oneof({ weight: 8, arbitrary: fc.constant('star') }, { weight: 1, arbitrary: clients });

  const check = async (method: Method, body: fc.Arbitrary<unknown>, judge: (reply: RestReply) => void) =>
    fc.assert(
      fc.asyncProperty(addressed(method), body, usually, async ({ url, headers }, content, client) => {
        const sent = content === undefined ? undefined : JSON.stringify(content);
        const reply = await station.as(client)(method.method, url, { headers, body: sent });
        assertDeclared(method, reply);
        judge(reply);
      }),
      { numRuns: 150 },
    );

  for (const name of names) {
    it(`${name}: a valid request gets an answer that is declared`, async () => {
      const method = methodOf(name);
      const schema = bodyOf(method);
      let done = 0;
      let schemaFaults = 0;
      await check(method, schema ? valid(schema, FAMILIAR) : fc.constant(undefined), ({ status, json }) => {
        if (status === 200) done += 1;
        if (json.fejlkode === 1014) schemaFaults += 1;
      });
      assert.equal(schemaFaults, 0, 'what the document allows passes the schema');
      // What a random citizen and type may do is left to chance elsewhere.
      if (method.method === 'GET' || name === 'CreateKontaktinformation')
        assert.ok(done > 0, 'some were carried out');
    }).timeout(60_000);
  }

  for (const name of names.slice(0, 4)) {
    it(`${name}: an invalid body never gets 200, and nothing changes`, async () => {
      const method = methodOf(name);
      const schema = bodyOf(method);
      assert.ok(schema);
      const before = await station.citizens();
      await check(method, invalid(schema, FAMILIAR), ({ status, text }) => {
        assert.notEqual(status, 200, text);
      });
      assert.deepEqual(await station.citizens(), before);
    }).timeout(60_000);
  }
});
