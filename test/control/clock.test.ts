// The clock over the control interface: the register’s hand moves, the messages’ hand stays.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { addDuration } from '../../src/kernel/clock.ts';
import { clientOf, control, operationOf, post, signed, startRunning } from '../running.ts';

interface Hand {
  readonly now: string;
  readonly mode: 'real' | 'offset' | 'frozen';
  readonly offsetSeconds?: number;
}
interface Hands {
  readonly register: Hand;
  readonly security: Hand;
}

describe('the clock of the control interface', () => {
  let emulator: Emulator;
  const put = (body: unknown) => control(emulator.url, 'PUT', '/clock', body);
  const hands = async (body?: unknown): Promise<Hands> => {
    const { http, json } =
      body === undefined ? await control(emulator.url, 'GET', '/clock') : await put(body);
    assert.equal(http, 200, JSON.stringify(json));
    return json as Hands;
  };
  const call = async (): Promise<string> => {
    const values = operationOf('KanVelgeSikkerDigitalPostkasse').examples[0] ?? {};
    const { status } = await post(
      emulator.url,
      signed('KanVelgeSikkerDigitalPostkasse', values, clientOf(emulator, 'digipost')),
    );
    return status;
  };

  before(async () => {
    emulator = await startRunning();
  });
  after(() => emulator.close());
  beforeEach(() => emulator.reset());

  it('is real on both hands at first', async () => {
    const { register, security } = await hands();
    assert.deepEqual([register.mode, security.mode], ['real', 'real']);
    assert.ok(Math.abs(Date.parse(register.now) - Date.now()) < 60_000);
  });

  it('advanced by P18M moves the register’s hand only, and a fresh Timestamp stays valid', async () => {
    const before = Date.now();
    const { register, security } = await hands({ advance: 'P18M' });
    assert.deepEqual([register.mode, security.mode], ['offset', 'real']);
    const target = addDuration(before, { months: 18, milliseconds: 0 });
    assert.ok(Math.abs(Date.parse(register.now) - target) < 60_000);
    assert.equal(await call(), 'JA');
  });

  it('of security moved by a day makes a fresh Timestamp invalid, and real heals it', async () => {
    for (const body of [
      { of: 'security', offset: 'P1D' },
      { of: 'both', advance: '-P1D' },
    ]) {
      const { security } = await hands(body);
      assert.equal(security.mode, 'offset');
      assert.equal(Math.abs(security.offsetSeconds ?? 0), 86_400);
      assert.notEqual(await call(), 'JA');
      await hands({ of: 'both', real: true });
      assert.equal(await call(), 'JA');
    }
  });

  it('is frozen at an instant, advanced there, and set off from real time by an offset', async () => {
    const { register } = await hands({ now: '2026-01-31T12:00:00Z' });
    assert.deepEqual(register, { now: '2026-01-31T12:00:00.000Z', mode: 'frozen' });
    assert.equal((await hands({ advance: 'P1M' })).register.now, '2026-02-28T12:00:00.000Z');
    assert.equal((await hands({ offset: 'PT1H' })).register.offsetSeconds, 3600);
    assert.equal((await hands({ offset: 'PT2H' })).register.offsetSeconds, 7200);
  });

  it('is what a change in the register is dated by', async () => {
    await hands({ now: '2030-05-05T00:00:00Z' });
    const id = '12838410985';
    const body = { kontaktinformasjon: { epostadresse: { verdi: 'a@b', sistOppdatert: '-P1M' } } };
    const { json } = await control(emulator.url, 'PUT', `/persons/no/${id}`, body);
    const { kontaktinformasjon } = json as {
      kontaktinformasjon: { epostadresse: { sistOppdatert: string } };
    };
    assert.equal(kontaktinformasjon.epostadresse.sistOppdatert, '2030-04-05T00:00:00.000Z');
  });

  it('refuses what is no move, and stays as it was', async () => {
    await hands({ now: '2026-01-31T12:00:00Z' });
    const bad = [
      {},
      { of: 'register' },
      { of: 'all', real: true },
      { now: 'noon' },
      { advance: '18M' },
      { offset: 3600 },
      { real: false },
      { real: true, advance: 'P1M' },
      { forward: 'P1M' },
      [],
      'P1M',
    ];
    for (const body of bad) {
      const { http, type } = await put(body);
      assert.equal(http, 400, JSON.stringify(body));
      assert.match(type, /problem\+json/);
    }
    assert.equal((await hands()).register.now, '2026-01-31T12:00:00.000Z');
  });

  it('refuses a move beyond the calendar, and still works afterwards', async () => {
    const own = await startRunning();
    const move = (body: unknown) => control(own.url, 'PUT', '/clock', body);
    for (const body of [
      { advance: 'P999999Y' },
      { offset: '-P999999Y' },
      { of: 'both', advance: 'P999999Y' },
    ])
      assert.equal((await move(body)).http, 400, JSON.stringify(body));
    assert.equal((await control(own.url, 'POST', '/reset')).http, 200);
    assert.equal((await control(own.url, 'GET', '/clock')).http, 200);
    await own.close();
  });

  it('is real again before a reset seeds: no time in the register lies ahead', async () => {
    await hands({ advance: 'P18M' });
    await emulator.reset();
    const { json } = await control(emulator.url, 'GET', '/persons?limit=1');
    const [, first = ''] = /"sistOppdatert":"([^"]+)"/.exec(JSON.stringify(json)) ?? [];
    assert.ok(Date.parse(first) < Date.now(), first);
  });

  it('advanced by less than a millisecond does not keep changes from being stored', async () => {
    await hands({ now: '2026-01-31T12:00:00Z' });
    await hands({ advance: 'PT0.0005S' });
    const { http, json } = await control(emulator.url, 'PUT', '/persons/no/12838410985', { reservert: true });
    assert.equal(http, 200, JSON.stringify(json));
  });
});
