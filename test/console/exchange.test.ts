// The screen of an exchange: its request as a tree with what is signed by which reference, and what is shown of that.

import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openingOf } from '../attacks/arena.ts';
import { compose, usual } from '../attacks/message.ts';
import { describeWith, stacks } from '../interop/stacks.ts';
import { clientOf } from '../running.ts';
import { call, looking, until, visit } from './browser.ts';

const BODY = /<soap:Body .*<\/soap:Body>/s;

describeWith([stacks.chromium], 'the tree of a request', () => {
  const seen = looking({
    options: { limits: { soapBody: 2 * 1024 * 1024, elements: 100_000, texts: 100_000 } },
  });
  const tree = (): Locator => seen().page.getByRole('tree', { name: 'Request as a tree' });
  const row = (text: string): Locator => tree().getByRole('treeitem').filter({ hasText: text });
  const legend = (name: string): Locator =>
    seen()
      .page.getByRole('list', { name: 'What is signed by which reference' })
      .first()
      .getByRole('button', { name });

  const message = (): string => {
    const { emulator } = seen();
    const now = emulator.clock.now('security');
    return compose(usual(clientOf(emulator, 'digipost'), openingOf('kari.testesen#1234'), now));
  };
  /** Sends a message, and opens its exchange. */
  const open = async (body: string): Promise<void> => {
    const { emulator } = seen();
    const { headers } = await fetch(`${emulator.url}/ws-postkasseleverandoer-v1`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body,
    });
    const number = headers.get('kontakt-journal')?.split('-')[1];
    await visit(seen(), `exchange/${number}`, new RegExp(`Exchange ${number}$`));
    await tree().waitFor();
  };

  it('shows each reference at its element and all that is in it, and what is not signed', async () => {
    await open(message());
    const { page } = seen();
    await legend('2 #Body').waitFor();
    await page.getByRole('listitem').filter({ hasText: '#Body' }).getByText('right').first().waitFor();
    assert.equal(await row('<soap:Body').locator('.badge').textContent(), '2');
    assert.equal(await row('kari.testesen#1234').locator('.within').textContent(), '2');
    assert.equal(await row('<wsu:Created').locator('.within').textContent(), '1');
    await row('<wsse:BinarySecurityToken').getByText('not signed').waitFor();
    await row('<soap:Body').getByText('the Body that is read').waitFor();
    assert.equal(await row('<soap:Header').locator('.signs').textContent(), '');
    // For those who do not see the column.
    await tree()
      .getByRole('treeitem', { name: /postkasseadresse.*, reference 2$/ })
      .waitFor();
  });

  it('lights up what a reference leads to, by the mouse, and lets it go', async () => {
    const { page } = seen();
    await legend('2 #Body').hover();
    await tree().locator('.target', { hasText: '<soap:Body' }).waitFor();
    await tree().locator('.lit', { hasText: 'kari.testesen#1234' }).waitFor();
    assert.equal(await tree().locator('.lit', { hasText: '<wsu:Created' }).count(), 0);
    await page.getByRole('heading', { level: 1 }).hover();
    await tree().locator('.lit').first().waitFor({ state: 'detached' });
  });

  it('lights it up by the keyboard, opened and scrolled into sight, and goes there', async () => {
    const { page } = seen();
    // Out of sight: closed, with the list of references further down.
    await row('<soap:Envelope').focus();
    await page.keyboard.press('ArrowLeft');
    await row('<soap:Body').waitFor({ state: 'detached' });
    const named = page.getByRole('row', { name: /#Body/ }).getByRole('button', { name: '2 #Body' });
    await named.focus();
    await tree().locator('.target', { hasText: '<soap:Body' }).waitFor();
    await until(
      seen(),
      `(() => {
        const frame = document.querySelector('.tree').getBoundingClientRect();
        const { top, bottom } = document.querySelector('.tree .target').getBoundingClientRect();
        return top >= frame.top && bottom <= frame.bottom + 1;
      })()`,
    );
    await page.keyboard.press('Enter');
    await tree().locator('.node:focus', { hasText: '<soap:Body' }).waitFor();
  });

  it('is walked through, opened and closed with the arrows', async () => {
    const { page } = seen();
    const focused = (text: string): Promise<void> =>
      tree().locator('.node:focus', { hasText: text }).waitFor();
    await page.keyboard.press('Home');
    await focused('<soap:Envelope');
    await page.keyboard.press('ArrowRight');
    await focused('<soap:Header');
    await page.keyboard.press('ArrowLeft');
    await row('<wsse:Security').waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    await focused('<soap:Body');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await row('<wsse:Security').waitFor();
    await page.keyboard.press('End');
    await focused('postkasseadresse');
  });

  it('shows the Body that is signed beside the one that is read', async () => {
    const honest = message();
    const body = BODY.exec(honest)?.[0] ?? '';
    const evil = `<soap:Body>${openingOf('angriper.evil#6666')}</soap:Body>`;
    await open(honest.replace(body, evil).replace('</soap:Header>', `<w>${body}</w></soap:Header>`));
    const { page } = seen();
    await page.getByText('The Body that is read is not signed.').waitFor();
    await page.getByText('Reference 2 (#Body) leads to another Body, which is not read.').waitFor();
    const [signed, read] = [row('<soap:Body').first(), row('<soap:Body').nth(1)];
    assert.equal(await signed.locator('.badge').textContent(), '2');
    assert.equal(await signed.getByText('the Body that is read').count(), 0);
    await read.getByText('the Body that is read').waitFor();
    await read.getByText('not signed').waitFor();
    assert.equal(await read.locator('.badge').count(), 0);
  });

  it('says how an answer is protected that is encrypted, and one that TLS alone protects', async () => {
    const { page } = seen();
    const lookup = await call(seen(), { operation: 'oppslagstjeneste.HentPersoner' });
    await visit(seen(), `exchange/${lookup}`, new RegExp(`Exchange ${lookup}$`));
    const answer = page.getByRole('region', { name: 'Answer' });
    await answer
      .getByText(/^Signed, then encrypted\. Reference \d \(#.+\) has the digest of the Body/)
      .waitFor();
    await answer.locator('.mark-encrypted').first().waitFor();
    const danish = await call(seen(), { operation: 'reminder.SavePersonContactData' });
    await visit(seen(), `exchange/${danish}`, new RegExp(`Exchange ${danish}$`));
    for (const side of ['request', 'response']) {
      const region = page.locator(`[aria-labelledby=${side}]`);
      await region.getByText('Protected by TLS, not signed').waitFor();
      assert.equal(await region.locator('.mark-not-signed').count(), 0);
    }
  });

  it('of a megabyte shows a part, with what is signed in it, and more where it is wanted', async () => {
    const many = '<x><y>more text</y></x>'.repeat(45_000);
    const honest = message();
    await open(honest.replace('<soap:Header>', `<soap:Header><w>${many}</w>`));
    await row('<soap:Body').locator('.badge').waitFor();
    const rows = tree().getByRole('treeitem');
    assert.ok((await rows.count()) < 1000, String(await rows.count()));
    const gap = row('more nodes: open them');
    const before = Number(((await gap.textContent()) ?? '').replace(/\D/g, ''));
    await gap.click();
    await row('more nodes: open them')
      .filter({ hasNotText: new Intl.NumberFormat('en').format(before) })
      .waitFor();
    const after = Number(((await gap.textContent()) ?? '').replace(/\D/g, ''));
    assert.equal(before - after, 400);
  });
});
