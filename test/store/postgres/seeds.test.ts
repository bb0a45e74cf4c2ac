// Emulators over one PostgreSQL database that are given different seeds: the register keeps what it was made with, and a reset
// puts back that, whichever emulator is asked.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { newDataDirectory, newDirectory } from '../../directories.ts';
import { describeWith, stacks } from '../../interop/stacks.ts';
import { serve } from '../../program.ts';
import { control } from '../../running.ts';
import { synthetic } from '../../seeds/synthetic.ts';
import { openEmulator } from '../../starting.ts';
import { cluster } from './cluster.ts';

const PERSON = '12838410985';
const BUYPASS = '983163327';

const write = (content: unknown): string => {
  const file = join(newDirectory(), 'seed.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};

describeWith([stacks.postgresql], 'the seed of a register in PostgreSQL', () => {
  let store: string;
  let data: string;
  let emulators: Emulator[] = [];
  before(async () => {
    data = await newDataDirectory();
  });
  beforeEach(() => {
    store = cluster().database();
  });
  afterEach(async () => {
    for (const emulator of emulators) await emulator.close();
    emulators = [];
  });

  const start = async (seed?: string | false): Promise<Emulator> => {
    const place = { store, storeTimeout: 30, data };
    const emulator = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', ...place, seed });
    emulators.push(emulator);
    return emulator;
  };
  const contentOf = async ({ url }: Emulator): Promise<object> => {
    const ask = async (path: string) => (await control(url, 'GET', path)).json as Record<string, object[]>;
    const idsOf = async (country: string): Promise<string[]> =>
      ((await ask(`/persons?country=${country}`)).persons as { id: string }[]).map(({ id }) => id);
    const { providers = [] } = await ask('/organisations');
    return {
      persons: await idsOf('no'),
      citizens: (await idsOf('dk')).length,
      providers: (providers as { orgnr: string }[]).map(({ orgnr }) => orgnr),
    };
  };
  const put = ({ url }: Emulator, id: string) => control(url, 'PUT', `/persons/no/${id}`, {});

  it('is the one that it was made with, after a reset by whoever was started with another', async () => {
    const one = await start(write({ persons: [{ id: PERSON }], providers: [{ orgnr: BUYPASS, navn: 'B' }] }));
    const others = [await start(write({ persons: [], citizens: [] })), await start(), await start(false)];
    const made = await contentOf(one);
    assert.deepEqual(made, { persons: [PERSON], citizens: 48, providers: [BUYPASS] });
    for (const other of others) {
      await put(one, '14897410894');
      await other.reset();
      assert.deepEqual(await contentOf(one), made);
      assert.deepEqual(await contentOf(other), made);
      await other.reset({ seed: 'none' });
      assert.deepEqual(await contentOf(one), { persons: [], citizens: 0, providers: [BUYPASS] });
    }
    await one.reset();
    assert.deepEqual(await contentOf(one), made);
  }).timeout(60_000);

  it('is one of them where they start at the same moment, and stays it', async () => {
    const ids = synthetic(2500);
    const files = [ids.slice(0, 1200), ids.slice(1200)].map((some) =>
      write({ persons: some.map((id) => ({ id })) }),
    );
    const both = await Promise.all(files.map((file) => start(file)));
    const made = await Promise.all(both.map(contentOf));
    assert.deepEqual(made[0], made[1]);
    for (const emulator of both) {
      await put(emulator, PERSON);
      await emulator.reset();
      assert.deepEqual(await contentOf(emulator), made[0]);
    }
  }).timeout(60_000);

  it('is the package’s own where it was made without one', async () => {
    const one = await start();
    const made = await contentOf(one);
    const other = await start(write({ persons: [{ id: PERSON }] }));
    await put(one, synthetic(1)[0] ?? '');
    await other.reset();
    assert.deepEqual(await contentOf(one), made);
  }).timeout(60_000);

  it('is that of the first reset in a register that keeps none', async () => {
    const one = await start(write({ persons: [{ id: PERSON }] }));
    const made = await contentOf(one);
    // As the versions before it left a register.
    cluster().sql(store, "DELETE FROM kontakt.seed; DELETE FROM kontakt.counter WHERE name = 'seed'");
    const other = await start();
    await one.reset();
    await other.reset();
    assert.deepEqual(await contentOf(other), made);
  }).timeout(60_000);

  it('that is given and not heeded is told of in one line', async () => {
    await start(write({ persons: [{ id: PERSON }] }));
    const args = ['--log', 'pretty', '--data', data, '--store', store, '--seed', write({ persons: [] })];
    const { child, ended } = await serve(args);
    child.kill('SIGTERM');
    assert.match(
      (await ended).stderr,
      /^[^\n]*the seed \S+ is ignored: this register was seeded with [^\n]*\n$/,
    );
  }).timeout(60_000);
});
