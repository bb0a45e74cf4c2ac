// What strangers send is text at the console, whatever it tries to be; and who may look is asked for the token.

import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { describeWith, stacks } from '../interop/stacks.ts';
import { control } from '../running.ts';
import { asText, looking, visit } from './browser.ts';

const MARKUP =
  '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script><b>bold</b>';
const ANSI = '\u001b[J\u001b[mred';
const TURNED = '\u202eetadpu\u202c \u2066isolated\u2069';

const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

describeWith([stacks.chromium], 'at the console, what strangers send', () => {
  const seen = looking({ options: { limits: { soapBody: 2 * 1024 * 1024, text: 2 * 1024 * 1024 } } });

  /** Posts a body, and opens its exchange. */
  const open = async (body: string | Buffer, path = ''): Promise<void> => {
    const { emulator } = seen();
    const response = await fetch(`${emulator.url}/ws-postkasseleverandoer-v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body,
    });
    const number = response.headers.get('kontakt-journal')?.split('-')[1];
    await visit(seen(), `exchange/${number}`, new RegExp(`Exchange ${number}`));
    await asText(seen(), 'Request');
  };
  const shown = (): Promise<string> =>
    seen().page.evaluate<string>('document.querySelector("main").innerText');
  const elements = (selector: string): Promise<number> => seen().page.locator(`main ${selector}`).count();

  it('is no markup', async () => {
    await open(`<a>${MARKUP}</a>`, `?${encodeURIComponent(MARKUP)}`);
    assert.ok((await shown()).includes(MARKUP));
    assert.equal((await elements('img')) + (await elements('script')), 0);
    assert.match(await seen().page.title(), /kontakt-emulator$/);
    await visit(seen(), 'exchanges', /Exchanges/);
    await seen().page.locator('.rows tbody a').first().waitFor();
    assert.equal(await elements('img'), 0);
  });

  it('acts on no terminal, and turns no line round', async () => {
    await open(`<a>${ANSI} ${TURNED}\u0000</a>`);
    const text = await shown();
    assert.ok(text.includes('\\u{1b}[J\\u{1b}[mred'));
    assert.ok(text.includes('\\u{202e}etadpu\\u{202c} \\u{2066}isolated\\u{2069}'));
    assert.doesNotMatch(text, /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u);
  });

  it('may be no UTF-8, and nothing at all', async () => {
    await open(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe, 0xc3, 0x28, 0x3c, 0x2f, 0x61, 0x3e]));
    await open('');
    await seen().page.getByText('(empty)', { exact: true }).first().waitFor();
  });

  it('may be a megabyte: a part of it is shown, and all of it saved', async () => {
    await open(`<a>${'x'.repeat(1024 * 1024)}</a>`);
    await seen().page.getByText('The first 100,000 characters are shown').waitFor();
    const [download] = await Promise.all([
      seen().page.waitForEvent('download'),
      seen().page.getByRole('button', { name: 'Download' }).first().click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    assert.equal(Buffer.concat(chunks).length, 1024 * 1024 + 7);
  });

  it('shows the numbers of persons to nobody', async () => {
    await open('<a>12838410985</a>');
    assert.doesNotMatch(await shown(), /12838410985/);
  });

  it('is text in the register too', async () => {
    const { emulator, page } = seen();
    const person = { postkasser: [{ leverandoer: '984661185', adresse: MARKUP, aktiv: true }] };
    const { http } = await control(emulator.url, 'PUT', '/persons/no/14897410894', person);
    assert.equal(http, 200);
    await visit(seen(), 'persons/no/14897410894', /Person/);
    const address = page.getByLabel('Address', { exact: true });
    await address.waitFor();
    assert.equal(await address.inputValue(), MARKUP);
    assert.equal(await elements('img'), 0);
    await page.getByRole('button', { name: 'JSON' }).click();
    const json = page.getByLabel('The person as JSON');
    await json.waitFor();
    assert.ok((await json.inputValue()).includes('<img'));
    assert.equal(await elements('img'), 0);
  });

  it('is text in an address', async () => {
    await visit(seen(), `exchange/${encodeURIComponent(MARKUP)}`, /Exchange/);
    await seen().page.getByRole('alert').waitFor();
    assert.equal(await elements('img'), 0);
    await visit(seen(), 'exchange/%E0%A4%A', /Exchange/);
  });
});

describeWith([stacks.chromium], 'from another machine the console', () => {
  const TOKEN = 'a-token-of-the-test';
  const seen = looking({ options: { host: '0.0.0.0', controlToken: TOKEN } });

  it('asks for the token once, and keeps it for the tab', async function () {
    if (!outside) return this.skip();
    const { page, emulator } = seen();
    const address = emulator.url.replace('0.0.0.0', outside);
    await page.goto('about:blank');
    await page.goto(address);
    const dialog = page.getByRole('dialog', { name: 'This emulator asks for a token' });
    await dialog.getByLabel('Token').fill('a-wrong-token');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByText('That is not it.').waitFor();
    await dialog.getByLabel('Token').fill(TOKEN);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('live').waitFor();
    await page.reload();
    await page.getByText('live').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    assert.ok(!page.url().includes(TOKEN));
  });
});
