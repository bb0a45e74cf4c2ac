// What the console costs: how soon its page is usable, how smoothly a thousand rows scroll, how large it is, and what a start
// takes with and without it. By hand, built before: node --import tsx test/bench/console.ts
//
// The least of several runs counts, since the machine does other things too.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { openBrowser } from '../console/browser.ts';
import { openEmulator } from '../starting.ts';

const ROOT = join(import.meta.dirname, '../..');
const ROWS = 1000;
const RUNS = 7;
const STARTS = 15;

const BODY = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body/></e:Envelope>';

const fill = async ({ url }: Emulator): Promise<void> => {
  const init = { method: 'POST', headers: { 'content-type': 'text/xml' }, body: BODY };
  for (let count = 0; count < ROWS; count += 1)
    await (await fetch(`${url}/ws-postkasseleverandoer-v1`, init)).arrayBuffer();
};

/** Milliseconds from the navigation until rows of the list are painted, with nothing in the browser's cache. */
const INTERACTIVE = `(async () => {
  while (!document.querySelector('.rows tbody a')) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now();
})()`;

const interactive = async (browser: Browser, url: string): Promise<number> => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  const time = await page.evaluate<number>(INTERACTIVE);
  await context.close();
  return time;
};

/** Scrolls the list from its top to its end, a wheel's notch a frame; all the times between frames. */
const SCROLL = `(async () => {
  const frame = document.querySelector('.rows');
  const times = [];
  let last = await new Promise(requestAnimationFrame);
  for (let before = -1; before !== frame.scrollTop; ) {
    before = frame.scrollTop;
    frame.scrollTop += 120;
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  return times;
})()`;

const scroll = async (browser: Browser, url: string): Promise<readonly number[]> => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  await page.locator('.rows tbody a').first().waitFor();
  const times = await page.evaluate<number[]>(SCROLL);
  await page.close();
  return times;
};

/** Milliseconds from the start of the process until it says where it listens. */
const start = async (...more: string[]): Promise<number> => {
  const args = ['serve', '--in-memory', '--port', '0', '--tls-port', '0', ...more];
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'dist/main.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const part of child.stdout) {
    said += String(part);
    if (/http:\/\/127\.0\.0\.1:\d+/.test(said)) break;
  }
  const time = performance.now() - began;
  child.kill();
  await once(child, 'exit');
  return time;
};

const bundleBytes = (): number => {
  const folder = join(ROOT, 'dist/console');
  return readdirSync(folder).reduce(
    (sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length,
    0,
  );
};

const least = (values: readonly number[]): string => Math.min(...values).toFixed(0);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const sayLoad = (): void =>
  say(
    `load of the machine: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(' ')}`,
  );

const measurePage = async (): Promise<void> => {
  const emulator = await openEmulator({
    port: 0,
    tlsPort: 0,
    inMemory: true,
    log: 'silent',
    journalEntries: ROWS,
  });
  await fill(emulator);
  const browser = await openBrowser();
  const pages: number[] = [];
  const worst: number[] = [];
  const all: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    pages.push(await interactive(browser, emulator.url));
    const times = await scroll(browser, emulator.url);
    all.push(...times);
    worst.push(Math.max(...times));
  }
  say(`rows shown, ${ROWS} in the journal: ${least(pages)} ms after the navigation (aim 300)`);
  const sorted = all.sort((left, right) => left - right);
  const part = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0);
  const slow = sorted.filter((time) => time > 50).length;
  say(`${ROWS} rows scrolled: longest frame ${least(worst)} ms in the best run (aim 50)`);
  say(
    `frames of all runs: half within ${part(0.5)} ms, 99 of 100 within ${part(0.99)} ms, ${slow} of ${sorted.length} over 50 ms`,
  );
  await browser.close();
  await emulator.close();
};

const measureStarts = async (): Promise<void> => {
  const [on, off]: [number[], number[]] = [[], []];
  for (let run = 0; run < STARTS; run += 1) {
    on.push(await start());
    off.push(await start('--console', 'off'));
  }
  const difference = Math.min(...on) - Math.min(...off);
  say(
    `cold start: ${least(on)} ms with the console, ${least(off)} ms without; ${difference.toFixed(1)} ms more (aim 10)`,
  );
};

sayLoad();
say(`bundle: ${(bundleBytes() / 1024).toFixed(1)} KiB compressed (most 120)`);
await measurePage();
await measureStarts();
sayLoad();
