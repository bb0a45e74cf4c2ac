// An exchange explained again under another profile: what that says of the message itself, at the time of then.

import assert from 'node:assert/strict';
import type { Explained } from '../../src/explain/explained.ts';
import { type Arena, openArena, PERSON } from '../attacks/arena.ts';
import { control } from '../running.ts';

describe('an exchange under another profile', () => {
  let arena: Arena;
  before(async () => {
    arena = await openArena({
      securityProfiles: { brief: { extends: 'observed', maxLifetime: 1 } },
    });
  });
  after(() => arena.emulator.close());

  const numberOf = async (message: string): Promise<number> => {
    const { headers } = await arena.post(message);
    return Number(headers.get('kontakt-journal')?.split('-')[1]);
  };
  const ask = async (
    number: number,
    query = '',
  ): Promise<{ http: number; json: Partial<Explained> & { detail?: string } }> => {
    const { http, json } = await control(arena.emulator.url, 'GET', `/journal/${number}/explanation${query}`);
    return { http, json: json as Partial<Explained> };
  };
  const under = (number: number, profile: string) => ask(number, `?profile=${profile}`);
  const told = async (number: number, profile: string): Promise<Explained> => {
    const { http, json } = await under(number, profile);
    assert.equal(http, 200, JSON.stringify(json));
    return json as Explained;
  };

  it('is refused by what that profile does not take, and tells it as any refusal', async () => {
    const number = await numberOf(arena.message());
    assert.deepEqual(
      [(await told(number, 'observed')).verdict, (await told(number, 'none')).verdict],
      ['accepted', 'accepted'],
    );
    const brief = await told(number, 'brief');
    assert.deepEqual(
      [brief.verdict, brief.profile, brief.problem],
      ['refused', 'brief', 'security.timestamp-lifetime'],
    );
    assert.match(brief.causes[0]?.remedy ?? '', /./);
    assert.doesNotMatch(JSON.stringify(brief), new RegExp(PERSON));
    // The explanation of what happened stays what it was.
    const own = await ask(number);
    assert.deepEqual([own.json.verdict, own.json.profile], ['accepted', 'observed']);
  });

  it('is accepted where only the profile of then refused it', async () => {
    const number = await numberOf(arena.message().replace('kari.testesen', 'kari.endret'));
    assert.equal((await told(number, 'observed')).problem, 'security.digest');
    assert.equal((await told(number, 'none')).verdict, 'accepted');
  });

  it('is of the message alone: a replay is none by itself', async () => {
    const message = arena.message();
    await numberOf(message);
    const again = await numberOf(message);
    const own = await ask(again);
    assert.equal(own.json.problem, 'security.replay');
    assert.equal((await told(again, 'observed')).verdict, 'accepted');
  });

  it('needs a profile that there is, and an exchange that profiles judge', async () => {
    const number = await numberOf(arena.message());
    const unknown = await under(number, 'lax');
    assert.equal(unknown.http, 400);
    assert.match(String(unknown.json.detail), /^profile is observed, strict, 14-05, none, brief, not "lax"$/);
    const called = await control(arena.emulator.url, 'POST', '/call', {
      operation: 'rest.GetKontaktinformation',
    });
    const { exchange } = called.json as { exchange: { number: number } };
    const none = await under(exchange.number, 'strict');
    assert.equal(none.http, 400);
    assert.match(String(none.json.detail), /^no security profile judges exchange \d+$/);
  });
});
