// What a call of the control interface asks for and the address does not know is told, never passed over.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { control, startRunning } from '../running.ts';
import { assertProblem } from './replies.ts';

describe('a call of the control interface', () => {
  let emulator: Emulator;
  const ask = (method: string, path: string, body?: unknown) => control(emulator.url, method, path, body);

  before(async () => {
    emulator = await startRunning({ inMemory: true });
  });
  after(() => emulator.close());

  it('with a query parameter that the address does not know is refused with the near name', async () => {
    for (const [path, detail] of [
      ['/persons?contry=dk', /no query parameter "contry"; did you mean country\?/],
      ['/persons?page=2', /"page"; known are country, limit, cursor$/],
      ['/outbox?citizen=1', /known are limit, after, before$/],
      ['/access-log?Limit=1', /did you mean limit\?/],
      ['/journal?problem=x&servce=rest', /did you mean service\?/],
      ['/clock?of=security', /takes nothing after the question mark/],
      ['/persons/no/12838410985?country=no', /takes nothing/],
      ['/persons?limit=1&limit=2', /limit is given twice/],
      ['/journal?problems=yes', /problems is true or false, not "yes"/],
      ['/journal?unmasked=1', /unmasked is true or false/],
      ['/journal?service=jobnt', /service is .*jobnet or krr or rest, not "jobnt"/],
      ['/journal/1/message?side=answer', /side is request or response/],
    ] as const)
      assertProblem(await ask('GET', path), 400, detail);
    assertProblem(await ask('PUT', '/organisations?contry=dk', {}), 400, /did you mean country\?$/);
  });

  it('to an address that is nearly one is told which', async () => {
    assertProblem(await ask('GET', '/person'), 404, /did you mean GET \/persons\?/);
    assertProblem(await ask('PATCH', '/clock', {}), 404, /there is GET and PUT$/);
    assertProblem(await ask('GET', '/elsewhere'), 404, /GET \/_emulator lists what there is/);
  });

  it('without the body that it needs is told members, content type and an example that works', async () => {
    const { control: calls } = (await (
      await fetch(`${emulator.url}/_emulator`, { headers: { accept: 'application/json' } })
    ).json()) as { control: { call: string }[] };
    const changing = calls
      .map(({ call }) => /^(PUT|POST) http:\/\/[^/]+\/_emulator(.*)$/.exec(call))
      .filter((match) => match !== null)
      .map(([, method = '', path = '']) => [method, path] as const);
    assert.ok(changing.length >= 6);
    for (const [method, path] of changing) {
      const filled = path.replace('{country}', 'no').replace('{id}', '12838410985');
      const response = await fetch(`${emulator.url}/_emulator${filled}`, {
        method,
        headers: { 'content-type': 'text/plain' },
        body: 'x',
      });
      assert.equal(response.status, 415, path);
      const { detail, takes } = (await response.json()) as {
        detail: string;
        takes: { contentType: string; members: string; example: string };
      };
      assert.match(detail, /takes .* as Content-Type: application\/json, like \{/);
      assert.equal(takes.contentType, 'application/json');
      if (path !== '/reset') assertProblem(await ask(method, filled), 400, /the body is missing; .* like \{/);
      const example = JSON.parse(takes.example) as unknown;
      // Nobody subscribes in the seed; what the example says is understood all the same.
      const expected = { '/reminders': 409, '/certificates': 201 }[path] ?? 200;
      const { http, json } = await ask(method, filled, example);
      assert.equal(http, expected, `${path}: ${JSON.stringify(json)}`);
    }
  });

  it('with a duration or an instant that is none is told the near one', async () => {
    for (const [body, detail] of [
      [{ advance: '18M' }, /"18M" is no ISO 8601 duration; did you mean P18M\?/],
      [{ advance: '1h' }, /did you mean PT1H\?/],
      [{ offset: 'pt5m' }, /did you mean PT5M\?/],
      [{ offset: '30 m' }, /did you mean PT30M\?/],
      [{ advance: 'PT2D' }, /did you mean P2D\?/],
      [{ advance: 'soon' }, /like PT1H or P18M/],
      [{ now: '2026-02-30T00:00:00Z' }, /no ISO 8601 instant, like/],
      [{ now: '5' }, /no ISO 8601 instant/],
      [{ now: '2026-01-31T12:00:00' }, /no ISO 8601 instant/],
    ] as const)
      assertProblem(await ask('PUT', '/clock', body), 400, detail);
    const person = { kontaktinformasjon: { epostadresse: { verdi: 'a@b', sistOppdatert: '2026-02-30' } } };
    assertProblem(await ask('PUT', '/persons/no/12838410985', person), 400, /sistOppdatert/);
  });
});
