// The screen of an exchange: what shows why it was refused, and what is taken along.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Download } from 'playwright-core';
import { newDirectory } from '../directories.ts';
import { describeWith, stacks } from '../interop/stacks.ts';
import { kontakt } from '../program.ts';
import { call, copied, looking, visit } from './browser.ts';
import { CHECK } from './places.ts';

const PERSON = '12838410985';

describeWith([stacks.chromium], 'what an exchange proves', () => {
  const seen = looking();
  const open = async (body: object): Promise<number> => {
    const number = await call(seen(), body);
    await visit(seen(), `exchange/${number}`, new RegExp(`Exchange ${number}$`));
    return number;
  };
  /** What a button of this name saves. */
  const saved = async (name: string, within = 'main'): Promise<{ name: string; text: string }> => {
    const { page } = seen();
    const [download] = await Promise.all<[Promise<Download>, Promise<void>]>([
      page.waitForEvent('download'),
      page.locator(within).getByRole('button', { name }).first().click(),
    ]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  };

  it('what was signed stands beside what arrived, the first octet that differs marked in both', async () => {
    await open({ operation: CHECK, mistakes: ['laid-out'] });
    const sides = seen().page.locator('.difference').first().locator('dl > div');
    await sides.nth(1).waitFor();
    assert.deepEqual(await sides.locator('dt').allTextContents(), ['signed', 'arrived']);
    assert.deepEqual(await sides.locator('mark').allTextContents(), ['<', '⏎']);
    // Asked for at once: what is above may still grow.
    const tops = await seen().page.evaluate<number[]>(
      `[...document.querySelector('.difference').querySelectorAll('dl > div')].map((side) => side.getBoundingClientRect().y)`,
    );
    assert.equal(tops.length, 2);
    assert.equal(tops[0], tops[1]);
  });

  it('the octets of a reference are fetched when they are wanted, shown with their blanks, and saved', async () => {
    const { page } = seen();
    await page.getByText(/^Octets of #Body, /).click();
    const octets = page.getByRole('region', { name: 'Octets of #Body' });
    await octets.getByText('<SOAP-ENV:Body·xmlns').waitFor();
    await octets.getByText('⏎').first().waitFor();
    const { name, text } = await saved('Download', 'details:has([aria-label="Octets of #Body"])');
    assert.match(name, /^exchange-\d+-2\.xml$/);
    assert.match(text, /^<SOAP-ENV:Body xmlns.*\n/);
    assert.doesNotMatch(text, new RegExp(PERSON));
  });

  it('the certificate leads to what is trusted, each with its validity', async () => {
    const links = seen().page.locator('.chain li');
    await links.nth(2).waitFor();
    const texts = await links.allTextContents();
    assert.equal(texts.length, 3);
    for (const [index, role] of ['certificate', 'intermediate', 'root'].entries())
      assert.match(texts[index] ?? '', new RegExp(`^${role}.*valid \\d{4}-\\d\\d-\\d\\d to \\d{4}`));
    assert.deepEqual(
      texts.map((text) => text.includes('trusted')),
      [false, false, true],
    );
  });

  it('and where it is not valid any more, that is said at the one that is not', async () => {
    await open({ operation: CHECK, mistakes: ['certificate-expired'] });
    const links = seen().page.locator('.chain li');
    await links.first().getByText('not at the time of the message').waitFor();
    assert.equal(await links.getByText('not at the time of the message').count(), 1);
  });

  it('is explained again under another profile, which judges the message itself', async () => {
    const { page } = seen();
    await open({ operation: CHECK, mistakes: ['timestamp-unsigned'] });
    const other = page.getByRole('region', { name: 'Under another profile' });
    await other.getByRole('option', { name: 'observed (that of then)' }).waitFor({ state: 'attached' });
    await other.getByLabel('Explain again under').selectOption('none');
    await other.getByText('Under none the message is').getByText('accepted').waitFor();
    await other.getByLabel('Explain again under').selectOption('strict');
    await other.getByText('Under strict the message is').getByText('refused').waitFor();
    await other.getByRole('article').first().getByText('What to change:').waitFor();
    // What no profile judges cannot be explained by one.
    await open({ operation: 'rest.GetKontaktinformation', as: 'kommune' });
    await page.getByRole('heading', { name: 'Answer' }).waitFor();
    assert.equal(await other.count(), 0);
  });

  it('is taken along as a file, which kontakt explain opens', async function () {
    this.timeout(60_000);
    const number = await open({ operation: CHECK, mistakes: ['laid-out'] });
    const { name, text } = await saved('File for a colleague');
    assert.equal(name, `exchange-${number}.json`);
    assert.doesNotMatch(text, new RegExp(PERSON));
    const file = join(newDirectory(), name);
    writeFileSync(file, text);
    const { stdout } = await kontakt(['explain', file]);
    assert.match(stdout, /white space between elements was added after the message was signed/);
  });

  it('and so are both messages, as they are in the journal', async () => {
    const request = await saved('Download', '[aria-labelledby=request]');
    assert.match(request.name, /-request\.txt$/);
    assert.match(request.text, /<wsse:Security /);
    const answer = await saved('Download', '[aria-labelledby=response]');
    assert.match(answer.name, /-response\.txt$/);
    assert.match(answer.text, /<faultcode/);
    for (const { text } of [request, answer]) assert.doesNotMatch(text, new RegExp(PERSON));
  });

  it('is the same message when it is sent again by the copied command', async () => {
    const { page } = seen();
    await page.locator('[aria-labelledby=request]').getByRole('button', { name: 'Text' }).click();
    await page.getByLabel('Blanks, tabs and line ends as signs').check();
    await page.getByRole('region', { name: 'Request as text' }).getByText('⏎').first().waitFor();
    const command = await copied(seen(), page.getByRole('button', { name: 'Copy as curl' }));
    const { text } = await saved('Download', '[aria-labelledby=request]');
    assert.ok(command.includes(`--data-binary '${text.replaceAll("'", "'\\''")}'`));
  });
});
