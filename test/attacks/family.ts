// A family of attacks as a mocha suite: each message is refused for the right reason, and changes nothing.

import assert from 'node:assert/strict';
import {
  type Arena,
  assertExplained,
  assertQuick,
  assertTerse,
  type HttpRequest,
  openArena,
  question,
  toldBy,
} from './arena.ts';
import { lists, trusted } from './authority.ts';
import * as strangers from './strangers.ts';

export interface Attack {
  readonly name: string;
  /** The message. What it sends beforehand counts as having happened. */
  readonly make: (arena: Arena) => HttpRequest | string | Buffer | Promise<HttpRequest | string | Buffer>;
  readonly problem: string;
  /** The local name of the fault code; a number is a bare HTTP status. */
  readonly told: string | number;
  /** How long it may take in milliseconds, where that is more than usual. */
  readonly patience?: number;
}

export const attack = (
  name: string,
  problem: string,
  told: string | number,
  make: Attack['make'],
  patience?: number,
): Attack => ({ name, problem, told, make, ...(patience === undefined ? {} : { patience }) });

interface Row {
  readonly cases: number;
  readonly refused: number;
  /** Fuzzing only: accepted, and rightly so, since what was changed says nothing else. */
  readonly harmless?: number;
  readonly accepted: number;
}

const tally = new Map<string, Row>();
const arenas = new Map<Profile, Promise<Arena>>();
export type Profile = 'observed' | '14-05';

/** The certificates that the arenas are given besides their own, as files. */
export const material = () => ({
  trust: [...trusted(), ...strangers.trusted()],
  crls: lists(),
  knownCertificates: strangers.known(),
});

/** The one arena of all families of a profile, opened when the first needs it. */
export const arenaOfAll = (profile: Profile = 'observed'): Promise<Arena> => {
  const arena = arenas.get(profile) ?? openArena({ profile, ...material() });
  arenas.set(profile, arena);
  return arena;
};

after(async () => {
  for (const arena of arenas.values()) await (await arena).emulator.close();
  if (tally.size === 0) return;
  const sum = (key: keyof Row): number =>
    [...tally.values()].reduce((total, row) => total + (row[key] ?? 0), 0);
  const total = {
    cases: sum('cases'),
    refused: sum('refused'),
    harmless: sum('harmless'),
    accepted: sum('accepted'),
  };
  console.table({ ...Object.fromEntries(tally), total });
  assert.equal(sum('accepted'), 0, 'an attack was accepted');
});

/** Puts a row into the table that is printed in the end. */
export const record = (name: string, row: Row): void => {
  tally.set(name, row);
};

/** Every attack of the families that were declared, in their order, with the profile of its arena. */
export const declared: (Attack & { readonly profile: Profile })[] = [];

/** Declares the suite of a family. */
export const family = (name: string, attacks: readonly Attack[], profile: Profile = 'observed'): void => {
  declared.push(...attacks.map((one) => ({ ...one, profile })));
  describe(`attacks: ${name}`, () => {
    const count = { cases: attacks.length, refused: 0, accepted: 0 };
    let arena: Arena;
    before(async () => {
      arena = await arenaOfAll(profile);
      await arena.emulator.reset();
      record(name, count);
    });

    for (const { name: title, make, problem, told, patience } of attacks) {
      it(`refuses ${title} (${problem})`, async () => {
        const request = await make(arena);
        const before = await arena.persons();
        const answer = await arena.post(request);
        if (answer.status < 400) count.accepted += 1;
        else count.refused += 1;
        const entry = await arena.journal(answer);
        assertExplained(entry, problem);
        assert.equal(toldBy(answer), told);
        assertTerse(answer);
        assert.equal(await arena.persons(), before, 'the register has changed');
        await assertQuick(arena, request, entry, patience);
      });
    }

    it('leaves the server answering honest messages', async () => {
      const answer = await arena.post(arena.message({ payload: question }));
      assert.equal(answer.status, 200, answer.text);
      assert.match(answer.text, /status>JA</);
    });
  });
};
