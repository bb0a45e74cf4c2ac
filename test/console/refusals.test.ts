// docs/refusals.md walked as it is written: from the list to the exchange, to what is wrong and what to change.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, stacks } from '../interop/stacks.ts';
import { call, copied, looking, type Seen, visit } from './browser.ts';
import { CHECK, sendWrapped } from './places.ts';

type Send = (seen: Seen) => Promise<number>;

const mistaken =
  (mistake: string, operation = CHECK): Send =>
  (seen) =>
    call(seen, { operation, mistakes: [mistake] });

/** In the order of the page, each with a part of its first column. */
const sent: readonly (readonly [as: string, send: Send])[] = [
  ['`laid-out`', mistaken('laid-out')],
  ['`certificate-expired`', mistaken('certificate-expired')],
  ['`other-organisation`', mistaken('other-organisation', 'postkasseleverandoer.OpprettPostkasse')],
  ['`timestamp-unsigned`', mistaken('timestamp-unsigned')],
  ['`clock-behind`', mistaken('clock-behind')],
  ['`field-missing`', mistaken('field-missing')],
  ['`sent-twice`', mistaken('sent-twice')],
  ['`fremmed`', (seen) => call(seen, { operation: 'oppslagstjeneste.HentPersoner', as: 'fremmed' })],
  [
    '000000',
    async (seen) => {
      await call(seen, { operation: 'rest.CreateKontaktinformation' });
      await call(seen, { operation: 'rest.GetVerifikationskode' });
      return call(seen, {
        operation: 'rest.UpdateVerificerKontaktinformation',
        set: { verifikationskode: '000000' },
      });
    },
  ],
  [
    'without an @',
    (seen) =>
      call(seen, { operation: 'rest.CreateKontaktinformation', set: { kontaktdata: 'borger.example' } }),
  ],
  ['moved into a header', sendWrapped],
];

const rows = readFileSync(join(import.meta.dirname, '../../docs/refusals.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1)
  .map((line) => line.slice(2, -2).split(' | '));

describeWith([stacks.chromium], 'refusals, click by click', () => {
  const seen = looking();

  it('are those of the page', () => {
    assert.equal(rows.length, sent.length);
    for (const [index, [as]] of sent.entries()) assert.ok(rows[index]?.[0]?.includes(as), as);
  });

  for (const [index, [as, send]] of sent.entries()) {
    const [, , says = '', change = ''] = rows[index] ?? [];
    it(`${as}: ${says}`, async () => {
      const { page } = seen();
      const number = await send(seen());
      await visit(seen(), 'exchanges', /Exchanges/);
      await page.getByRole('link', { name: String(number), exact: true }).click();
      await page.getByRole('heading', { level: 1, name: `Exchange ${number}` }).waitFor();
      const cause = page.getByRole('region', { name: 'Why it was refused' }).getByRole('article').first();
      assert.ok(says.length > 0 && change.length > 0);
      await cause.getByRole('heading', { name: says }).waitFor();
      await cause.locator('.remedy').getByText(change).waitFor();
      assert.ok(await cause.locator('.remedy').isVisible());
    });
  }

  it('that a state led to say since when and by what, and hand out the call that changes it', async () => {
    const { emulator, page } = seen();
    const number = await call(seen(), { operation: 'oppslagstjeneste.HentPersoner', as: 'fremmed' });
    await visit(seen(), `exchange/${number}`, /Exchange/);
    const cause = page.getByRole('article', { name: 'relation-missing' });
    await cause.getByText(/may not use OPPSLAGSTJENESTEN .*, since .*, by the seed$/).waitFor();
    const change = await copied(seen(), cause.getByRole('button', { name: 'Copy' }));
    const [, method = '', path = '', body = ''] = /^(\S+) (\S+) (.*)$/.exec(change) ?? [];
    const { status } = await fetch(`${emulator.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body,
    });
    assert.equal(status, 200);
    const again = await call(seen(), { operation: 'oppslagstjeneste.HentPersoner', as: 'fremmed' });
    await visit(seen(), `exchange/${again}`, new RegExp(`Exchange ${again}$`));
    await page.locator('.actions .verdict', { hasText: 'accepted' }).waitFor();
  });
});
