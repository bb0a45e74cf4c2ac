// What is switched in memory is the same in all processes of a register before the switch is answered.

import assert from 'node:assert/strict';
import { setClock } from '../../src/control/clock.ts';
import { tablesOf } from '../../src/emulator/contracts.ts';
import { openProfiles } from '../../src/emulator/profiles.ts';
import { shareClock, turningShared } from '../../src/emulator/shared-clock.ts';
import { shareProfiles, switching } from '../../src/emulator/shared-profiles.ts';
import { createClock, type Hand } from '../../src/kernel/clock.ts';
import type { LogEvent } from '../../src/kernel/log-event.ts';
import { postkasseleverandoer } from '../../src/kontaktregister/postkasseleverandoer/service.ts';
import { resolveOptions } from '../../src/settings/resolve.ts';
import type { Engine } from '../../src/store/engine.ts';
import { createKeeper } from '../../src/store/served/keeper.ts';
import { times } from '../store/contract/verbs.ts';
import { attach } from '../store/served/places.ts';
import { inMemory } from '../store/sqlite/places.ts';

const AT = '2031-05-06T07:08:09.000Z';
const NAME = postkasseleverandoer.name;
const noNumbers = () => ({ next: () => 0 });

describe('what is switched in memory', () => {
  const place = inMemory();
  let keeper: ReturnType<typeof createKeeper>;
  let cuts: (() => void)[];

  /** What one process has in memory. */
  const processOver = (engine: Engine, securityProfiles = {}) => {
    const errors: LogEvent[] = [];
    const log = { info: () => {}, error: (event: LogEvent) => void errors.push(event) };
    const clock = createClock();
    const profiles = openProfiles(resolveOptions({ securityProfiles }));
    const shared = { clock: shareClock(clock, engine), profiles: shareProfiles(profiles, engine, log) };
    return {
      shared,
      errors,
      turn: (body: object) => setClock(turningShared(shared.clock, clock), body),
      profiles: switching(profiles, shared.profiles),
      shown: (hand: Hand) => new Date(clock.now(hand)).toISOString(),
      state: (hand: Hand) => clock.state(hand).kind,
      profile: () => profiles.profileOf(postkasseleverandoer).name,
    };
  };
  const another = async () => {
    const { engine, cut } = await attach(keeper, noNumbers);
    cuts.push(cut);
    return engine;
  };

  beforeEach(async () => {
    cuts = [];
    keeper = createKeeper(await place.open(tablesOf(resolveOptions({})), () => 0));
  });
  afterEach(async () => {
    for (const cut of cuts) cut();
    await place.end();
  });

  it('is so in every process when the call is answered, whichever of them was asked', async () => {
    const all = [keeper.engine, await another(), await another()].map((engine) => processOver(engine));
    for (const asked of all) {
      await asked.turn({ now: AT, of: 'both' });
      for (const { shown } of all) assert.deepEqual([shown('register'), shown('security')], [AT, AT]);
      await asked.profiles.set({ [NAME]: 'strict' });
      for (const { profile } of all) assert.equal(profile(), 'strict');
      await asked.turn({ real: true, of: 'register' });
      for (const { state, shown } of all) {
        assert.equal(state('register'), 'real');
        assert.equal(shown('security'), AT);
      }
      await asked.profiles.set({ [NAME]: null });
      for (const { profile } of all) assert.equal(profile(), 'observed');
    }
  });

  it('is so in a process that begins later', async () => {
    const first = processOver(keeper.engine);
    await first.turn({ now: AT });
    await first.profiles.set({ [NAME]: 'none' });
    const later = processOver(await another());
    assert.equal(later.shown('register'), AT);
    assert.equal(later.profile(), 'none');
  });

  it('counts each of several switches that come together', async () => {
    const all = [keeper.engine, await another(), await another()].map((engine) => processOver(engine));
    await all[0]?.turn({ now: '2030-01-01T00:00:00Z' });
    await Promise.all([
      ...times(12, (index) => all[index % all.length]?.turn({ advance: 'PT1H' })),
      ...['postkasseleverandoer', 'oppslagstjeneste', 'rest'].map((service, index) =>
        all[index]?.profiles.set({ [service]: 'strict' }),
      ),
    ]);
    for (const { shown, profiles } of all) {
      assert.equal(shown('register'), '2030-01-01T12:00:00.000Z');
      assert.deepEqual(
        profiles.services().flatMap(({ name, profile }) => (profile === 'strict' ? [name] : [])),
        ['postkasseleverandoer', 'oppslagstjeneste', 'rest'],
      );
    }
  });

  it('is put back everywhere, also as a part of a larger change, and not where that is undone', async () => {
    const all = [keeper.engine, await another()].map((engine) => processOver(engine));
    const [one = assert.fail(), other = assert.fail()] = all;
    await one.turn({ now: AT });
    await one.profiles.set({ [NAME]: 'strict' });
    const backs = [one.shared.clock.back(), one.shared.profiles.back()];
    assert.deepEqual([one.state('register'), one.profile()], ['real', 'observed']);
    for (const { undo } of backs) undo();
    for (const { shown, profile } of all) assert.deepEqual([shown('register'), profile()], [AT, 'strict']);
    assert.equal(
      await keeper.engine.exclusive('reset', () => [
        [one.shared.clock, one.shared.profiles].flatMap(({ back }) => back().writes),
      ]),
      undefined,
    );
    for (const { state, profile } of all)
      assert.deepEqual([state('register'), profile()], ['real', 'observed']);
    await one.turn({ now: AT });
    await other.shared.clock.putBack();
    for (const { state } of all) assert.equal(state('register'), 'real');
  });

  it('is refused while somebody has the register alone, and changes nothing', async () => {
    const one = processOver(keeper.engine);
    let refused: Promise<unknown> | undefined;
    await keeper.engine.exclusive('the register is being reset', () => {
      refused = Promise.all([
        assert.rejects(one.turn({ now: AT }), /is being reset/),
        assert.rejects(one.profiles.set({ [NAME]: 'strict' }), /is being reset/),
      ]);
      return [];
    });
    await refused;
    assert.deepEqual([one.state('register'), one.profile()], ['real', 'observed']);
  });

  it('leaves a service its configured profile where only another process knows the one it was given', async () => {
    const one = processOver(keeper.engine, { mild: { extends: 'observed', skew: 600 } });
    const other = processOver(await another());
    await one.profiles.set({ [NAME]: 'mild' });
    assert.deepEqual([one.profile(), other.profile()], ['mild', 'observed']);
    assert.match(other.errors[0]?.message ?? '', /^"postkasseleverandoer" keeps .* no "mild" here/);
    await other.profiles.set({ rest: 'none' });
    assert.equal(one.profile(), 'mild');
  });
});
