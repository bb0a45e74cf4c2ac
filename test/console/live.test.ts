// The list of exchanges while things happen: rows that come, rows by the thousand, an emulator that goes and comes back.

import assert from 'node:assert/strict';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { describeWith, stacks } from '../interop/stacks.ts';
import { openEmulator } from '../starting.ts';
import { call, looking, until, visit } from './browser.ts';
import { CHECK } from './places.ts';

/** Writes exchanges into the journal, as fast as it takes them. */
const flood = ({ journal }: Emulator, count: number): void => {
  for (let made = 0; made < count; made += 1) {
    const request = { headers: {}, body: Buffer.alloc(0) };
    const trace = journal.begin({ method: 'GET', path: `/flood/${made}`, remote: '127.0.0.1', request });
    trace.finished(404, request);
  }
};

describeWith([stacks.chromium], 'the list of exchanges', () => {
  describe('with a thousand rows', () => {
    const seen = looking();
    const rows = () => seen().page.locator('.rows tbody tr:not(.space)');
    /** The first row below the heading of the list. */
    const FIRST = `[...document.querySelectorAll('.rows tbody tr:not(.space)')].find(
      (one) => one.getBoundingClientRect().top >= document.querySelector('.rows').getBoundingClientRect().top + 40,
    )?.querySelector('a').textContent`;
    const TOP = "document.querySelector('.rows').scrollTop";

    const scrollTo = async (top: number): Promise<void> => {
      await seen().page.evaluate(`${TOP} = ${top}`);
    };

    it('has only those in the page that are seen', async () => {
      flood(seen().emulator, 1200);
      await seen().page.getByText('1,000 exchanges').waitFor();
      await rows().first().getByRole('link', { name: '1200' }).waitFor();
      const count = await rows().count();
      assert.ok(count > 10 && count < 80, String(count));
    });

    it('stays where somebody looks while rows come, and runs on at the top', async () => {
      const { page, emulator } = seen();
      await scrollTo(3700);
      // The row at that height, where each has 37 pixels.
      await until(seen(), `${FIRST} === '1100' || ${FIRST} === '1099'`);
      const first = await page.evaluate<string>(FIRST);
      for (let more = 10; more <= 50; more += 10) {
        flood(emulator, 10);
        await until(seen(), `${TOP} === ${3700 + more * 37} && ${FIRST} === '${first}'`);
      }
      await scrollTo(0);
      flood(emulator, 1);
      await page.getByRole('link', { name: '1251', exact: true }).waitFor();
    });

    it('is usable while a thousand come each second', async () => {
      const { page, emulator } = seen();
      const timer = setInterval(() => flood(emulator, 50), 50);
      try {
        await page.waitForTimeout(1500);
        await page.getByRole('button', { name: 'Pause' }).click();
        await page.getByRole('button', { name: /Go on \(\d+ new\)/ }).waitFor();
        await page.getByLabel('Search').fill('/flood/7');
        await page.locator('.called', { hasText: '/flood/7' }).first().waitFor();
        await page.getByLabel('Search').fill('');
        await page.getByRole('button', { name: /Go on/ }).click();
      } finally {
        clearInterval(timer);
      }
      const number = await call(seen(), { operation: CHECK });
      await page.getByRole('link', { name: String(number), exact: true }).waitFor();
    });

    it('is hidden, and brought back', async () => {
      const { page } = seen();
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByRole('button', { name: 'Hide' }).click();
      await page.getByText('No exchange fits.').waitFor();
      await page.getByRole('button', { name: /Show the .* that are hidden/ }).click();
      await page.getByText('1,000 exchanges').waitFor();
    });

    it('is forgotten by the journal only after a question', async () => {
      const { page, emulator } = seen();
      const kept = async (): Promise<number> =>
        (await emulator.control.journal.list({ limit: 1 }, false)).length;
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      assert.equal(await kept(), 1);
      await page.getByRole('button', { name: 'Clear' }).click();
      await page.getByRole('button', { name: 'Forget' }).click();
      await page.getByText('Nothing came yet.').waitFor();
      assert.equal(await kept(), 0);
    });
  });

  describe('while it is on its way to the page', () => {
    const seen = looking();

    it('loses nothing that comes meanwhile', async () => {
      const { page } = seen();
      const link = (number: number) => page.getByRole('link', { name: String(number), exact: true });
      const before = await call(seen(), { operation: CHECK });
      let meanwhile = 0;
      const LIST = '**/journal?limit=*';
      await page.route(LIST, async (route) => {
        const response = await route.fetch();
        meanwhile = await call(seen(), { operation: CHECK });
        await link(meanwhile).waitFor();
        await route.fulfill({ response });
      });
      await page.reload();
      await link(before).waitFor();
      await page.getByText('2 exchanges').waitFor();
      assert.equal(await link(meanwhile).count(), 1);
      await page.unroute(LIST);
    });

    it('nor does another screen lose what happens before the page hears of anything', async () => {
      const { page } = seen();
      await page.route('**/events', (route) => route.abort());
      await page.reload();
      await visit(seen(), 'outbox', /Outbox/);
      await page.getByText('No message yet.').waitFor();
      await call(seen(), { operation: 'rest.CreateKontaktinformation' });
      await call(seen(), { operation: 'rest.GetVerifikationskode' });
      await page.unroute('**/events');
      await page.getByRole('button', { name: 'Copy the code' }).waitFor();
    });

    it('nor does one stay with the answer that the register was not to be had for a moment', async () => {
      const { page } = seen();
      const PERSONS = '**/persons?*';
      const refusal = { title: 'Service Unavailable', status: 503, detail: 'a seed is being added' };
      let refused = 0;
      await page.route(PERSONS, async (route) => {
        refused += 1;
        if (refused > 2) return route.continue();
        return route.fulfill({ status: 503, contentType: 'application/problem+json', json: refusal });
      });
      await visit(seen(), 'persons', /Persons/);
      await page.getByRole('row', { name: /12838410985/ }).waitFor();
      assert.ok(refused >= 3, String(refused));
      await page.unroute(PERSONS);
    });
  });

  describe('of an emulator that goes away', () => {
    const seen = looking();

    it('says so, and goes on when it is back', async () => {
      const { page, emulator } = seen();
      await call(seen(), { operation: CHECK });
      await page.getByText('1 exchange', { exact: true }).waitFor();
      await emulator.close();
      await page.getByText('The emulator does not answer.').waitFor();
      const { port } = new URL(emulator.url);
      const again = await openEmulator({ port: Number(port), tlsPort: 0, log: 'silent', inMemory: true });
      try {
        await page.getByText('The emulator does not answer.').waitFor({ state: 'detached' });
        const number = await call({ ...seen(), emulator: again }, { operation: CHECK, as: 'eboks' });
        await page.getByRole('row', { name: new RegExp(`^${number} .*eboks`) }).waitFor();
      } finally {
        await again.close();
      }
    });
  });

  describe('in two tabs', () => {
    const seen = looking();

    it('is the same', async () => {
      const { page, emulator } = seen();
      const other = await page.context().newPage();
      await other.goto(emulator.url);
      await visit({ ...seen(), page: other }, 'exchanges', /Exchanges/);
      const number = await call(seen(), { operation: CHECK });
      for (const one of [page, other])
        await one.getByRole('link', { name: String(number), exact: true }).waitFor();
      await other.close();
    });
  });
});
