// The OpenAPI document and the service agree: whatever is sent, the answer is one that the document declares.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openStation, type RestReply, type Station } from './client.ts';
import { assertDeclared, bodyOf, documentAt, type Method, methodsOf, type Parameter } from './document.ts';
import { type Familiar, invalid, valid } from './schema.ts';

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

describe('REST, the OpenAPI document kept', () => {
  let station: Station;
  let methods: readonly Method[];
  before(async () => {
    station = await openStation();
    methods = methodsOf(await documentAt(station.emulator.url, '/v1/openapi.json'));
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
        if (reply.status >= 400) assert.equal(reply.json.detail, reply.json.fejltekst, reply.text);
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
