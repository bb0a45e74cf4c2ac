// The security profiles over the control interface: another one from the next request on, and the configured one again.

import assert from 'node:assert/strict';
import { digestNames } from '../../src/client/calls/signing.ts';
import { writeSignedRequest } from '../../src/client/request.ts';
import { usualSigning } from '../../src/client/security-header.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { clientOf, control, operationOf, post, signed, startRunning, unsigned } from '../running.ts';
import { assertProblem } from './replies.ts';

const READ = 'KanVelgeSikkerDigitalPostkasse';
const MAILBOXES = 'postkasseleverandoer';

interface View {
  readonly services: readonly {
    readonly name: string;
    readonly profile: string;
    readonly configured: string;
  }[];
  readonly profiles: readonly string[];
}

interface Entry {
  readonly profile: string;
  readonly problem?: string;
}

describe('the security profiles of the control interface', () => {
  let emulator: Emulator;
  const values = operationOf(READ).examples[0] ?? {};
  const put = (body: unknown) => control(emulator.url, 'PUT', '/profiles', body);
  const view = async (): Promise<View> => (await control(emulator.url, 'GET', '/profiles')).json as View;
  const profileOf = async (service: string): Promise<string | undefined> =>
    (await view()).services.find(({ name }) => name === service)?.profile;
  const choose = async (wanted: object): Promise<void> => {
    const { http, json } = await put(wanted);
    assert.equal(http, 200, JSON.stringify(json));
  };
  const entryOf = async (journal: string): Promise<Entry> =>
    (await control(emulator.url, 'GET', `/journal/${journal}`)).json as Entry;

  /** A message that the documented rules refuse and the observed ones do not: a signature over SHA-1 digests. */
  const weak = (): string =>
    writeSignedRequest(
      postkasseleverandoer,
      operationOf(READ),
      values,
      clientOf(emulator, 'digipost'),
      { ...usualSigning, digest: digestNames.sha1 },
      Date.now(),
    );

  before(async () => {
    emulator = await startRunning({ securityProfiles: { mild: { extends: 'observed', skew: 600 } } });
  });
  after(() => emulator.close());
  beforeEach(() => emulator.reset({ journal: true }));

  it('are listed by service, with those of the configuration and all that there are', async () => {
    const { services, profiles } = await view();
    assert.deepEqual(profiles, ['observed', 'strict', '14-05', 'none', 'mild']);
    assert.deepEqual(
      services.map(({ name, profile, configured }) => [name, profile, configured]),
      [
        ['postkasseleverandoer', 'observed', 'observed'],
        ['oppslagstjeneste', 'observed', 'observed'],
        ['oppslagstjeneste-14-05', '14-05', '14-05'],
        ['reminder', 'observed', 'observed'],
        ['jobnet', 'observed', 'observed'],
        ['rest', 'observed', 'observed'],
      ],
    );
  });

  it('switched judge the next message, and the journal says by which one it was judged', async () => {
    const before = await post(emulator.url, weak());
    assert.equal(before.status, 'JA');
    assert.equal((await entryOf(before.journal)).profile, 'observed');
    await choose({ [MAILBOXES]: 'strict' });
    const after = await post(emulator.url, weak());
    assert.equal(after.http, 500);
    const { profile, problem } = await entryOf(after.journal);
    assert.deepEqual([profile, problem], ['strict', 'security.algorithm']);
    const { json } = await control(emulator.url, 'GET', `/journal/${after.journal}/export`);
    assert.match(JSON.stringify(json), /"name":"strict"/);
    await choose({ [MAILBOXES]: null });
    assert.equal((await post(emulator.url, weak())).status, 'JA');
  });

  it('of one’s own may be chosen, and those not named stay', async () => {
    await choose({ [MAILBOXES]: 'mild', oppslagstjeneste: 'strict' });
    await choose({ oppslagstjeneste: 'none' });
    assert.equal(await profileOf(MAILBOXES), 'mild');
    assert.equal(await profileOf('oppslagstjeneste'), 'none');
    const { journal } = await post(emulator.url, signed(READ, values, clientOf(emulator, 'digipost')));
    assert.equal((await entryOf(journal)).profile, 'mild');
    const { json } = await control(emulator.url, 'GET', '/info');
    const { services } = json as { services: { name: string; profile: string }[] };
    assert.equal(services.find(({ name }) => name === MAILBOXES)?.profile, 'mild');
  });

  it('none takes unsigned messages, and then not from pages of others', async () => {
    const send = (headers: Record<string, string> = {}) =>
      fetch(`${emulator.url}${postkasseleverandoer.paths[0]}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""', ...headers },
        body: unsigned(READ, values),
      });
    assert.equal((await send()).status, 500);
    await choose({ [MAILBOXES]: 'none' });
    assert.equal((await send()).status, 200);
    assert.equal((await send({ origin: 'http://evil.example' })).status, 403);
    await choose({ [MAILBOXES]: 'observed' });
    assert.equal((await send({ origin: 'http://evil.example' })).status, 500);
  });

  it('none of a Danish service asks for no certificate, over REST too', async () => {
    const rest = () => fetch(`${emulator.url}/v1/kontaktinformation`);
    const codes = async (response: Response): Promise<unknown> =>
      ((await response.json()) as { fejlkode?: number }).fejlkode;
    assert.equal(await codes(await rest()), 1101);
    await choose({ rest: 'none', reminder: 'none' });
    assert.notEqual(await codes(await rest()), 1101);
    const { json } = await control(emulator.url, 'GET', '/info');
    const { services } = json as { services: { name: string; profile: string }[] };
    assert.deepEqual(
      services.filter(({ name }) => ['reminder', 'jobnet'].includes(name)).map(({ profile }) => profile),
      ['none', 'mutual-tls'],
    );
    const openApi = (await (await fetch(`${emulator.url}/v1/openapi.json`)).json()) as {
      security: unknown[];
    };
    assert.equal(openApi.security.length, 2);
  });

  it('that there are not change nothing, and those that there are are named', async () => {
    const names = /there are observed, strict, 14-05, none, mild$/;
    assertProblem(await put({ rest: 'none', [MAILBOXES]: 'lax' }), 400, names);
    assertProblem(
      await put({ rest: 'none', other: 'strict' }),
      400,
      /"other"; there are postkasseleverandoer, .*rest$/,
    );
    assertProblem(await put({ constructor: 'strict' }), 400, /there is no service/);
    assertProblem(await put({}), 400, /name a service/);
    assertProblem(await put({ rest: 3 }), 400, /^profiles: rest/);
    assertProblem(await put(['strict']), 400, /^profiles/);
    assertProblem(await put(undefined), 400, /the body is missing/);
    assert.equal(await profileOf('rest'), 'observed');
  });

  it('are those of the configuration again after a reset', async () => {
    await choose({ [MAILBOXES]: 'strict', rest: 'none' });
    assert.equal((await control(emulator.url, 'POST', '/reset')).http, 200);
    assert.deepEqual([await profileOf(MAILBOXES), await profileOf('rest')], ['observed', 'observed']);
  });
});
