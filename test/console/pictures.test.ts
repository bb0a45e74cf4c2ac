// The pictures of docs/console.md: CONSOLE_PICTURES=docs/console npx mocha test/console/pictures.test.ts renews them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeWith, stacks } from '../interop/stacks.ts';
import { looking, type Scheme } from './browser.ts';
import { fill, places } from './places.ts';
import { smallPng } from './small-png.ts';

const folder = process.env.CONSOLE_PICTURES;
/** Those of the documentation; others are for whoever wants to see them. */
const WIDTHS = (process.env.CONSOLE_WIDTHS ?? '1280').split(',').map(Number);

if (folder !== undefined)
  describeWith([stacks.chromium], 'pictures of the console', () => {
    for (const scheme of ['light', 'dark'] satisfies Scheme[])
      for (const width of WIDTHS)
        describe(`${scheme}, ${width} pixels`, () => {
          const seen = looking({ scheme, width });
          const take = async (name: string, fullPage = false): Promise<void> => {
            mkdirSync(folder, { recursive: true });
            const path = join(resolve(folder), `${name}-${scheme}${width === 1280 ? '' : `-${width}`}.png`);
            writeFileSync(path, smallPng(await seen().page.screenshot({ fullPage })));
          };

          it('first-visit', async () => {
            await seen().page.getByRole('button', { name: 'Make a good call' }).waitFor();
            await take('first-visit');
            await fill(seen());
          });

          for (const { name, show, whole } of places)
            it(name, async () => {
              await show(seen());
              await take(name, whole);
            });
        });
  });
