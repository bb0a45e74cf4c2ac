// Attacks by repetition, refused by the emulator that accepted the message, and by another one over the same register.

import assert from 'node:assert/strict';
import { newDataDirectory } from '../directories.ts';
import { describeWith, stacks } from '../interop/stacks.ts';
import { cluster } from '../store/postgres/cluster.ts';
import { type Arena, assertExplained, openArena, toldBy } from './arena.ts';
import { family, material } from './family.ts';
import { replays } from './replays.ts';

family('replay', replays);

describeWith([stacks.postgresql], 'attacks: replay at another emulator of the same register', () => {
  const arenas: Arena[] = [];
  before(async function () {
    this.timeout(60_000);
    const store = { store: cluster().database(), storeTimeout: 30 };
    const place = { inMemory: false, ...store, data: await newDataDirectory() };
    for (let count = 0; count < 2; count += 1) arenas.push(await openArena({ ...place, ...material() }));
  });
  after(async () => {
    for (const { emulator } of arenas) await emulator.close();
  });

  for (const { name, make, problem, told } of replays)
    it(`refuses ${name} (${problem})`, async () => {
      const [first, second] = arenas;
      assert.ok(first && second);
      const request = await make(first);
      const before = await second.persons();
      const answer = await second.post(await request);
      assertExplained(await second.journal(answer), problem);
      assert.equal(toldBy(answer), told);
      assert.equal(await second.persons(), before, 'the register has changed');
    });
});
