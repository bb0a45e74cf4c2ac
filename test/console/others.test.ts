// The console of an emulator that shares its register: it shows what went through another one, while it happens.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { describeWith, stacks } from '../interop/stacks.ts';
import { control } from '../running.ts';
import { type Options, openEmulator } from '../starting.ts';
import { cluster } from '../store/postgres/cluster.ts';
import { call, looking, visit } from './browser.ts';
import { CHECK } from './places.ts';

const PERSON = '12838410985';

describeWith([stacks.chromium, stacks.postgresql], 'the console of one of two emulators', () => {
  let store: string;
  const seen = looking({
    options: () => {
      store = cluster().database();
      return { inMemory: false, store };
    },
  });
  let other: Emulator;
  before(async () => {
    const options: Options = { port: 0, tlsPort: 0, log: 'silent', store };
    other = await openEmulator({ ...options, data: seen().emulator.configuration.data });
  });
  after(() => other?.close());

  const link = (name: string) => seen().page.getByRole('link', { name, exact: true });

  it('shows an exchange that the other one answered, and why it was refused', async () => {
    const { page } = seen();
    await visit(seen(), 'exchanges', /Exchanges/);
    const here = await call(seen(), { operation: CHECK });
    const there = await call({ ...seen(), emulator: other }, { operation: CHECK, unsigned: true });
    for (const number of [here, there]) await link(String(number)).waitFor();
    await link(String(there)).click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`${there}`) }).waitFor();
    await page.getByText('wsse:Security').first().waitFor();
  });

  it('shows a person as the other one has changed them', async () => {
    const { page } = seen();
    await visit(seen(), 'persons', /Persons/);
    const row = page.getByRole('row', { name: new RegExp(PERSON) });
    await row.waitFor();
    const reserved = row.getByText('reserved');
    assert.equal(await reserved.count(), 0);
    const { http } = await control(other.url, 'PUT', `/persons/no/${PERSON}`, { reservert: true });
    assert.equal(http, 200);
    await reserved.waitFor();
  });

  it('forgets what was emptied at the other one', async () => {
    const { page } = seen();
    await visit(seen(), 'exchanges', /Exchanges/);
    const number = await call({ ...seen(), emulator: other }, { operation: CHECK });
    await link(String(number)).waitFor();
    await control(other.url, 'DELETE', '/journal');
    await link(String(number)).waitFor({ state: 'detached' });
    assert.deepEqual(await page.locator('.rows tbody tr:not(.space)').count(), 0);
  });
});
