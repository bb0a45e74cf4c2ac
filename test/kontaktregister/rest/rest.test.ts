// The REST successor of the lookup service: the same persons by the same rules, with a token by its form.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { routes } from '../../../src/kontaktregister/rest/routes.ts';
import { kontakt } from '../../program.ts';
import { assertDeclared, bodyOf, documentAt, type Method, methodsOf } from '../../rest/document.ts';
import { invalid, valid } from '../../rest/schema.ts';
import { control, startRunning } from '../../running.ts';
import { ask, personsIn } from '../oppslagstjeneste/calling.ts';

const PLAIN = '12838410985';
const WITH_MAILBOX = '18868703845';
const RESERVED = '09894418343';
const EXPIRED = '07876041035';
const DEAD = '16853242342';
const NOBODY = '14897410894';
const SCOPE = 'krr:global/kontaktinformasjon.read';
const ALL = 'Person Kontaktinfo Sertifikat SikkerDigitalPost VarslingsStatus';

const part = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const token = (claims: object | string = { scope: `openid ${SCOPE}` }): string =>
  [part({ alg: 'RS256' }), part(claims), part('signature')].join('.');

type Content = Method['responses'][string]['content'];

interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
  readonly headers: Headers;
}

describe('the REST successor of the lookup service', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());

  const send = async (
    body: string,
    {
      path = '/rest/v2/personer',
      method = 'POST',
      authorization = `Bearer ${token()}`,
      ...headers
    }: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      headers: {
        ...(authorization === '' ? {} : { authorization }),
        'content-type': 'application/json',
        ...headers,
      },
      ...(method === 'GET' ? {} : { body }),
    });
    const json = (await response.json()) as Record<string, unknown>;
    return { status: response.status, json, headers: response.headers };
  };
  const numbers = (...all: readonly string[]): string => JSON.stringify({ personidentifikatorer: all });
  const problemOf = async ({ headers }: Answer): Promise<string | undefined> => {
    const { json } = await control(emulator.url, 'GET', `/journal/${headers.get('kontakt-journal')}`);
    return (json as { problem?: string }).problem;
  };

  for (const { path } of routes)
    it(`delivers at ${path} what HentPersoner does`, async () => {
      const all = [WITH_MAILBOX, PLAIN, RESERVED, EXPIRED, DEAD, NOBODY];
      const { status, json } = await send(numbers(...all), { path });
      assert.equal(status, 200);
      const soap = personsIn(
        await ask(emulator, 'HentPersoner', { informasjonsbehov: ALL, personidentifikator: all.join(' ') }),
      );
      type Inner = Readonly<Record<string, string>>;
      interface One extends Record<string, unknown> {
        readonly kontaktinformasjon?: Inner;
        readonly digital_post?: Inner;
      }
      const flat = (json.personer as readonly One[]).map(
        ({ kontaktinformasjon: contact, digital_post: post, sertifikat, ...rest }) => ({
          ...rest,
          ...(contact?.mobiltelefonnummer ? { Mobiltelefonnummer: contact.mobiltelefonnummer } : {}),
          ...(contact?.epostadresse ? { Epostadresse: contact.epostadresse } : {}),
          ...(post ? { postkasseadresse: post.postkasseadresse } : {}),
          ...(post ? { postkasseleverandoerAdresse: post.postkasseleverandoeradresse } : {}),
          ...(sertifikat ? { X509Sertifikat: sertifikat } : {}),
        }),
      );
      assert.deepEqual(flat, soap);
      assert.equal(flat[0]?.postkasseadresse, 'dagny.digipost#4D5E');
      const [{ kontaktinformasjon } = {}] = json.personer as readonly One[];
      assert.match(kontaktinformasjon?.mobiltelefonnummer_oppdatert ?? '', /^\d{4}-\d\d-\d\dT.*Z$/);
    });

  it('wants a token by its form, with the scope', async () => {
    const wrong: readonly (readonly [authorization: string, status: number, problem: string])[] = [
      ['', 401, 'personer.token'],
      ['Basic YTpi', 401, 'personer.token'],
      ['Bearer', 401, 'personer.token'],
      ['Bearer a.b', 401, 'personer.token'],
      [`Bearer ${part('x')}.${part({})}.x`, 401, 'personer.token'],
      [`Bearer ${part({})}.${part('[1]')}.x`, 401, 'personer.token'],
      [`Bearer ${part({})}.${part({})}.x+y`, 401, 'personer.token'],
      [`Bearer ${token({})}`, 403, 'personer.scope'],
      [`Bearer ${token({ scope: 'openid' })}`, 403, 'personer.scope'],
      [`Bearer ${token({ scope: `${SCOPE}x` })}`, 403, 'personer.scope'],
    ];
    for (const [authorization, status, problem] of wrong) {
      const answer = await send(numbers(PLAIN), { authorization });
      assert.deepEqual([answer.status, await problemOf(answer)], [status, problem], authorization);
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer realm=/);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    }
    const listed = await send(numbers(PLAIN), { authorization: `bearer ${token({ scope: [SCOPE] })}` });
    assert.equal(listed.status, 200);
  });

  it('refuses a body that is not as the OpenAPI document says', async () => {
    const thousand = Array.from({ length: 1000 }, () => PLAIN);
    assert.equal((await send(numbers(...thousand))).status, 200);
    for (const [body, detail] of [
      [numbers(), /at least 1 item at personidentifikatorer/],
      [numbers(...thousand, PLAIN), /at most 1000 items at personidentifikatorer/],
      [numbers('123'), /eleven digits at personidentifikatorer\.0/],
      ['{"personidentifikator": ["1"]}', /personidentifikatorer/],
      ['[]', /an object/],
      ['{', /JSON/],
      ['', /JSON/],
    ] as const) {
      const answer = await send(body);
      assert.deepEqual(
        [answer.status, await problemOf(answer)],
        [400, 'personer.request'],
        body.slice(0, 60),
      );
      assert.match(String(answer.json.detail), detail);
    }
    const text = await send(numbers(PLAIN), { 'content-type': 'text/plain' });
    assert.deepEqual([text.status, await problemOf(text)], [415, 'personer.media-type']);
    const large = await send(JSON.stringify({ personidentifikatorer: ['x'.repeat(70_000)] }));
    assert.deepEqual([large.status, await problemOf(large)], [413, 'http.too-large']);
    const elsewhere = await send('', { path: '/rest/v3/personer' });
    assert.deepEqual([elsewhere.status, await problemOf(elsewhere)], [404, 'personer.address']);
    const got = await send('', { method: 'GET' });
    assert.deepEqual(
      [got.status, got.headers.get('allow'), await problemOf(got)],
      [405, 'POST', 'personer.method'],
    );
  });

  it('shows neither the token nor a person in the journal', async () => {
    const secret = token({ scope: SCOPE, consumer: { ID: '0192:984661185' } });
    const { headers } = await send(numbers(PLAIN), { authorization: `Bearer ${secret}` });
    const id = headers.get('kontakt-journal') ?? '';
    const entry = emulator.journal.list().find((one) => one.id === id);
    assert.equal(entry?.request.headers.authorization, 'Bearer ***');
    assert.deepEqual([entry?.organisation, entry?.claimed], ['984661185', true]);
    for (const [query, isHidden] of [
      ['', true],
      ['?unmasked=true', false],
    ] as const) {
      const exported = JSON.stringify(
        (await control(emulator.url, 'GET', `/journal/${id}/export${query}`)).json,
      );
      assert.ok(!exported.includes(secret.split('.')[1] ?? ''), exported);
      for (const side of ['request', 'response']) {
        const sign = query === '' ? '?' : '&';
        const text = await fetch(
          `${emulator.url}/_emulator/journal/${id}/message${query}${sign}side=${side}`,
        );
        assert.equal((await text.text()).includes(PLAIN), !isHidden, side);
      }
    }
  });

  it('serves its OpenAPI document at the address that it was asked at, with the scope of every method', async () => {
    const { openapi, servers, paths } = await documentAt(emulator.url, '/rest/openapi.json');
    assert.deepEqual([openapi, servers.map(({ url }) => url)], ['3.1.0', [emulator.url]]);
    assert.deepEqual(
      Object.entries(paths).map(([path, { post }]) => [path, post?.['x-scope']]),
      routes.map(({ path }) => [path, SCOPE]),
    );
  });

  it('answers what its OpenAPI document shows', async () => {
    for (const method of methodsOf(await documentAt(emulator.url, '/rest/openapi.json'))) {
      const shown = (content: Content | undefined) => content?.['application/json']?.examples.example?.value;
      const answer = await send(JSON.stringify(shown(method.requestBody?.content)), { path: method.path });
      // The seed counts its times from now.
      const timeless = (json: unknown): unknown =>
        JSON.parse(JSON.stringify(json).replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"then"'));
      assert.deepEqual(timeless(answer.json), timeless(shown(method.responses['200']?.content)));
      for (const [authorization, status] of [
        ['', 401],
        [`Bearer ${token({ scope: 'openid' })}`, 403],
      ] as const) {
        const { json } = await send(numbers(PLAIN), { path: method.path, authorization });
        const [refused] = Object.values(
          method.responses[status]?.content['application/problem+json']?.examples ?? {},
        );
        assert.deepEqual(json, refused?.value);
      }
    }
  });

  for (const [what, generate] of [
    ['valid', valid],
    ['invalid', invalid],
  ] as const)
    it(`answers ${what} requests as its OpenAPI document declares`, async () => {
      const familiar = { texts: [PLAIN, DEAD], integers: [1] };
      for (const method of methodsOf(await documentAt(emulator.url, '/rest/openapi.json')))
        await fc.assert(
          fc.asyncProperty(generate(bodyOf(method) ?? {}, familiar), async (content) => {
            const { status, json, headers } = await send(JSON.stringify(content), { path: method.path });
            const [type = ''] = (headers.get('content-type') ?? '').split(';');
            assertDeclared(method, { status, type, json, headers: Object.fromEntries(headers) });
            assert.equal(status, what === 'valid' ? 200 : 400, JSON.stringify(content));
          }),
          { numRuns: 100 },
        );
    }).timeout(60_000);

  it('is called by kontakt call', async () => {
    const { code, stdout, stderr } = await kontakt([
      'call',
      'krr.personer-v1',
      '--set',
      `personidentifikatorer=${WITH_MAILBOX} ${NOBODY}`,
      '--url',
      emulator.url,
    ]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /dagny\.digipost#4D5E/);
    assert.match(stdout, /IKKE_REGISTRERT/);
  });
});
