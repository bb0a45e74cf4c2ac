// The console for everybody: by keyboard alone, and without a finding of axe on any screen, in light and in dark.

import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Locator } from 'playwright-core';
import { describeWith, stacks } from '../interop/stacks.ts';
import { call, looking, type Scheme, type Seen, until, visit } from './browser.ts';
import { CHECK, fill, places } from './places.ts';

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe finds on the page as it is, in words. */
const findingsOn = async ({ page }: Seen): Promise<string[]> => {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe.source);
  const found = await page.evaluate<Finding[]>('axe.run(document).then(({ violations }) => violations)');
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
  );
};

const SCHEMES: readonly Scheme[] = ['light', 'dark'];
const WIDTHS = [1280, 800];

/** What is wrong with the screen that is open: what axe finds, and what is wider than the window, each way to look at it. */
const wrongOn = async (seen: Seen): Promise<string[]> => {
  const wrong: string[] = [];
  for (const width of WIDTHS) {
    await seen.page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await seen.page.emulateMedia({ colorScheme });
      const wide = await seen.page.evaluate<number>('document.documentElement.scrollWidth');
      const found = [...(await findingsOn(seen)), ...(wide > width ? [`it is ${wide} pixels wide`] : [])];
      wrong.push(...found.map((one) => `${colorScheme}, ${width} pixels: ${one}`));
    }
  }
  return wrong;
};

describeWith([stacks.chromium], 'axe finds nothing, in light and dark, 1280 and 800 pixels wide', () => {
  const seen = looking();

  it('on the first visit', async () => {
    await seen().page.getByRole('button', { name: 'Make a good call' }).waitFor();
    assert.deepEqual(await wrongOn(seen()), []);
    // It does look.
    await seen().page.evaluate('document.querySelector("main").append(document.createElement("img"))');
    assert.equal((await findingsOn(seen())).length, 1);
    await seen().page.reload();
    await fill(seen());
  });

  for (const { name, show } of places)
    it(`on ${name}, which is no wider than the window`, async () => {
      await show(seen());
      assert.deepEqual(await wrongOn(seen()), []);
    });
});

describeWith([stacks.chromium], 'by keyboard alone', () => {
  const seen = looking();
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await seen().page.keyboard.press(key);
  };
  /** Presses the tab key, and waits until something else has the focus. */
  const tab = async (): Promise<void> => {
    const { page } = seen();
    await page.evaluate('globalThis.before = document.activeElement');
    await press('Tab');
    await until(seen(), 'document.activeElement !== globalThis.before');
  };
  /** Goes on with the tab key until this has the focus. */
  const tabTo = async (wanted: Locator): Promise<void> => {
    await wanted.waitFor();
    for (let step = 0; step < 40; step += 1) {
      await tab();
      if ((await wanted.and(seen().page.locator(':focus')).count()) === 1) return;
    }
    assert.fail(`the tab key does not lead to ${wanted}`);
  };
  /** The focus moves a moment after what it moves to is there. */
  const focused = (selector: string, text: string): Promise<void> =>
    seen()
      .page.locator(`${selector}:focus`, { hasText: new RegExp(`^${text}$`) })
      .waitFor();

  it('an exchange is found with the arrows, opened, and left by its link', async () => {
    const { page } = seen();
    const numbers: number[] = [];
    for (let count = 0; count < 4; count += 1) numbers.push(await call(seen(), { operation: CHECK }));
    await visit(seen(), 'exchanges', /Exchanges/);
    await page.getByText('4 exchanges').waitFor();
    await tabTo(page.getByRole('link', { name: String(numbers[3]), exact: true }));
    await press('ArrowDown', 'ArrowDown');
    await focused('a', String(numbers[1]));
    await press('End');
    await focused('a', String(numbers[0]));
    await press('ArrowUp');
    await focused('a', String(numbers[1]));
    await press('Enter');
    // A screen reader is told where it is.
    await focused('h1', `Exchange ${numbers[1]}`);
  });

  it('the first key skips what every screen has', async () => {
    const { page, emulator } = seen();
    await page.goto('about:blank');
    await page.goto(`${emulator.url}/#/contract`);
    await page.getByRole('heading', { name: 'Contract', level: 1 }).waitFor();
    await tab();
    await focused('button', 'To the content');
    await press('Enter');
    await focused('h1', 'Contract');
  });

  it('a call is made with a mistake', async () => {
    const { page } = seen();
    await visit(seen(), `try/${CHECK}`, /Try it/);
    await tabTo(page.getByLabel(/laid-out/));
    await press('Space');
    await page.locator('input:checked:focus').waitFor();
    await press('Enter');
    await page.getByText('white space between elements was added').waitFor();
  });
});
