// A browser that looks at the console of a running emulator, as a person or as a screen reader would.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { type Options, openEmulator } from '../starting.ts';

export interface Seen {
  readonly emulator: Emulator;
  readonly page: Page;
  /** What the page reported: errors of scripts, and what the security policy refused. */
  readonly complaints: readonly string[];
}

export type Scheme = 'light' | 'dark';

interface View {
  readonly width?: number;
  readonly scheme?: Scheme;
  /** Of the emulator; asked for when it is opened. */
  readonly options?: Options | (() => Options);
}

const foundOnPath = (name: string): string =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path)) ?? name;

/** Debian's; where it lies elsewhere, it is found by its name. */
const CHROMIUM = existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : foundOnPath('chromium');

/** A sandbox needs a user of its own, which a container seldom has. */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage'];

/** Patience with a loaded machine, in milliseconds. */
const PATIENCE = 30_000;

let browser: Promise<Browser> | undefined;
let users = 0;

export const openBrowser = (): Promise<Browser> => {
  browser ??= chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  users += 1;
  return browser;
};

const leaveBrowser = async (): Promise<void> => {
  users -= 1;
  if (users > 0) return;
  await (await browser)?.close();
  browser = undefined;
};

const watch = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A refusal that a test provokes is told in the page, and by the browser too.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return complaints;
};

/** Opens the console of an emulator of its own for the tests of the surrounding describe. */
export const looking = ({ width = 1280, scheme = 'light', options = {} }: View = {}): (() => Seen) => {
  let seen: Seen | undefined;
  let context: BrowserContext | undefined;
  before(async function () {
    this.timeout(60_000);
    const wanted = typeof options === 'function' ? options() : options;
    const emulator = await openEmulator({ port: 0, tlsPort: 0, log: 'silent', inMemory: true, ...wanted });
    context = await (await openBrowser()).newContext({
      viewport: { width, height: 800 },
      colorScheme: scheme,
      permissions: ['clipboard-read', 'clipboard-write'],
      acceptDownloads: true,
      locale: 'en',
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    seen = { emulator, page, complaints: watch(page) };
    await page.goto(emulator.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
  beforeEach(function () {
    this.currentTest?.timeout(60_000);
  });
  after(async () => {
    await context?.close();
    await leaveBrowser();
    await seen?.emulator.close();
    assert.deepEqual(seen?.complaints ?? [], []);
  });
  return () => {
    assert.ok(seen, 'an open page');
    return seen;
  };
};

/** Makes a call over the control interface, and tells its number in the journal. */
export const call = async ({ emulator: { url } }: Seen, body: object): Promise<number> => {
  const response = await fetch(`${url}/_emulator/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { exchange } = (await response.json()) as { exchange?: { number: number } };
  assert.ok(exchange, JSON.stringify(body));
  return exchange.number;
};

/** Does what leads to another place of the console, and waits until the place before is left: its screen may look alike. */
export const leaving = async (
  { page }: Seen,
  heading: RegExp,
  act: () => Promise<unknown>,
): Promise<void> => {
  await page.evaluate(`document.querySelector('h1')?.setAttribute('data-left', '')`);
  await act();
  const headings = page.getByRole('heading', { level: 1, name: heading });
  await headings.and(page.locator(':not([data-left])')).waitFor();
};

/** Goes to a place of the console by its link; it may be there already. */
export const visit = async (seen: Seen, place: string, heading: RegExp): Promise<void> => {
  const { emulator, page } = seen;
  const there = `(location.hash || '#/exchanges') === ${JSON.stringify(`#/${place}`)}`;
  if (!(await page.evaluate<boolean>(there)))
    return leaving(seen, heading, () => page.goto(`${emulator.url}/#/${place}`));
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
};

/** Waits until something holds in the page. The policy of the page lets no polling in, so it is asked from outside. */
export const until = async ({ page }: Seen, expression: string): Promise<void> => {
  const end = performance.now() + PATIENCE;
  while (!(await page.evaluate<boolean>(expression))) {
    assert.ok(performance.now() < end, expression);
    await page.waitForTimeout(20);
  }
};

/**
 * Copies by a button, and tells what is in the clipboard when the page has said so. The page says so for two seconds, in which a
 * loaded machine may not look: so it is marked with what it said.
 */
export const copied = async ({ page }: Seen, button: Locator): Promise<string> => {
  const status = button.locator('xpath=following-sibling::*[@role="status"]');
  await page.evaluate(
    `new MutationObserver((changes) => {
      for (const { target } of changes) {
        const said = (target instanceof Element ? target : target.parentElement)?.closest('[role=status]');
        if (said?.textContent) said.dataset.said = said.textContent;
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true })`,
  );
  await button.click();
  await status.and(page.locator('[data-said="Copied"]')).waitFor({ state: 'attached' });
  return page.evaluate<string>('navigator.clipboard.readText()');
};

/** Has a message of the exchange that is open shown as text. */
export const asText = async ({ page }: Seen, title: 'Request' | 'Answer'): Promise<void> => {
  const tree = page.getByRole('tree', { name: `${title} as a tree` });
  const text = page.getByRole('region', { name: `${title} as text` });
  // What is no XML has no tree.
  await tree.or(text).first().waitFor();
  if (await tree.isVisible())
    await page
      .getByRole('group', { name: `${title} is shown as` })
      .getByRole('button', { name: 'Text' })
      .click();
  await text.waitFor();
};
