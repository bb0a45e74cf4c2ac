// The control interface: health, information, reset, organisations, and errors as problem details.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import {
  type ControlReply,
  clientOf,
  control,
  EBOKS,
  operationOf,
  post,
  signed,
  startRunning,
} from '../running.ts';
import { assertProblem, type PersonView } from './replies.ts';

describe('the control interface', () => {
  let emulator: Emulator;
  const ask = (method: string, path: string, body?: unknown): Promise<ControlReply> =>
    control(emulator.url, method, path, body);
  const persons = async (query = ''): Promise<PersonView[]> =>
    ((await ask('GET', `/persons${query}`)).json as { persons: PersonView[] }).persons;
  const create = () =>
    post(
      emulator.url,
      signed(
        'OpprettPostkasse',
        operationOf('OpprettPostkasse').examples[0] ?? {},
        clientOf(emulator, 'digipost'),
      ),
    );

  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());
  beforeEach(() => emulator.reset({ journal: true }));

  it('tells health, readiness and, on both listeners, the effective configuration', async () => {
    assert.deepEqual((await ask('GET', '/health')).json, { status: 'ok' });
    assert.deepEqual((await ask('GET', '/ready')).json, { status: 'ready' });
    const { json } = await ask('GET', '/info');
    const { name, services, configuration } = json as {
      name: string;
      services: { name: string; profile: string; paths: string[] }[];
      configuration: { profile: string };
    };
    assert.equal(name, 'kontakt-emulator');
    assert.deepEqual(services, [
      { name: 'postkasseleverandoer', profile: 'observed', paths: ['/ws-postkasseleverandoer-v1'] },
      { name: 'oppslagstjeneste', profile: 'observed', paths: ['/kontaktinfo-external/ws-v5'] },
      {
        name: 'oppslagstjeneste-14-05',
        profile: '14-05',
        paths: ['/ws-v3', '/kontaktinfo-external/ws-v4'],
      },
      {
        name: 'reminder',
        profile: 'mutual-tls',
        paths: ['/PjakTassWCFtService/1/PersonNotificationReminderService.svc'],
      },
      {
        name: 'jobnet',
        profile: 'mutual-tls',
        paths: ['/PjakTassWCFtService/1/JobnetPersonNotificationReminderService.svc'],
      },
    ]);
    assert.equal(configuration.profile, 'observed');
  });

  it('answers what it has not with problem details', async () => {
    assertProblem(await ask('GET', '/nothing'), 404, /has no GET \/_emulator\/nothing/);
    assertProblem(await ask('PATCH', '/clock', {}), 404, /PATCH/);
    const broken = await fetch(`${emulator.url}/_emulator/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    assert.equal(broken.status, 400);
    assert.match(broken.headers.get('content-type') ?? '', /problem\+json/);
  });

  describe('reset', () => {
    it('brings the seed and the real clock back, and forgets what was signed', async () => {
      const message = signed(
        'OpprettPostkasse',
        operationOf('OpprettPostkasse').examples[0] ?? {},
        clientOf(emulator, 'digipost'),
      );
      assert.equal((await post(emulator.url, message)).status, 'OK');
      assert.notEqual((await post(emulator.url, message)).http, 200);
      await ask('PUT', '/clock', { of: 'both', advance: 'PT1S' });
      assert.equal((await ask('POST', '/reset')).http, 200);
      assert.deepEqual((await persons('?limit=1'))[0]?.postkasser, []);
      assert.equal(emulator.clock.state('security').kind, 'real');
      assert.equal((await post(emulator.url, message)).status, 'OK');
    });

    it('keeps the journal unless told otherwise, and leaves no person with seed none', async () => {
      await create();
      await ask('POST', '/reset', {});
      assert.equal(emulator.journal.list().length, 1);
      await ask('POST', '/reset', { seed: 'none', journal: true });
      assert.equal(emulator.journal.list().length, 0);
      assert.deepEqual(await persons(), []);
      assert.equal((await create()).status, 'FEILET BRUKER_IKKE_FUNNET');
    });

    it('takes a request without a body whatever its content type', async () => {
      for (const type of [undefined, 'application/json']) {
        const headers = type === undefined ? {} : { 'content-type': type };
        const response = await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST', headers });
        assert.equal(response.status, 200, type);
      }
    });

    it('refuses every other body and changes nothing', async () => {
      await create();
      for (const body of [{ seed: 'norway' }, { journal: 'yes' }, { seeds: 'none' }, [], 'none', 5, true])
        assertProblem(await ask('POST', '/reset', body), 400, /reset/);
      assert.equal((await persons('?limit=1'))[0]?.postkasser.length, 1);
    });
  });

  describe('organisations', () => {
    it('that are no longer approved get UGYLDIG_ORGNR, until they are again', async () => {
      const { json: before } = await ask('GET', '/organisations');
      const only = { providers: [{ orgnr: EBOKS, navn: 'e-Boks' }], relations: [] };
      assert.deepEqual((await ask('PUT', '/organisations', only)).json, only);
      assert.equal((await create()).status, 'FEILET UGYLDIG_ORGNR');
      await ask('PUT', '/organisations', before);
      assert.equal((await create()).status, 'OK');
    });

    it('are replaced whole or not at all', async () => {
      const { json: before } = await ask('GET', '/organisations');
      for (const body of [{}, { providers: [{ orgnr: '1' }] }, { providers: [], relations: [{}] }, []])
        assertProblem(await ask('PUT', '/organisations', body), 400, /organisations/);
      assert.deepEqual((await ask('GET', '/organisations')).json, before);
    });
  });
});
