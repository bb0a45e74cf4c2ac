// The REST successor of the lookup service: the same persons by the same rules, with a token by its form.

import assert from 'node:assert/strict';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { routes } from '../../../src/kontaktregister/rest/routes.ts';
import { kontakt } from '../../program.ts';
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
    { path = '/rest/v2/personer', method = 'POST', ...headers }: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json', ...headers },
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
      [numbers(), /1 to 1000 numbers/],
      [numbers(...thousand, PLAIN), /1 to 1000 numbers/],
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

  it('serves its OpenAPI document, which names both addresses and the schema of what it answers', async () => {
    const document = (await (await fetch(`${emulator.url}/rest/openapi.json`)).json()) as {
      openapi: string;
      servers: { url: string }[];
      paths: Record<string, { post: { 'x-scope': string } }>;
      components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
    };
    assert.equal(document.openapi, '3.1.0');
    assert.deepEqual(
      document.servers.map(({ url }) => url),
      [emulator.url],
    );
    assert.deepEqual(
      Object.entries(document.paths).map(([path, { post }]) => [path, post['x-scope']]),
      routes.map(({ path }) => [path, SCOPE]),
    );
    assert.ok(document.components.schemas.Response?.properties?.personer);
  });

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
