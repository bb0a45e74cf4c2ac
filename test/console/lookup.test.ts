// Try it for the lookup service: every operation of both versions goes out as it is filled in, and its encrypted answer can be read.

import { describeWith, stacks } from '../interop/stacks.ts';
import { looking, visit } from './browser.ts';

/** What the answer to the first example says. */
const READ: Readonly<Record<string, RegExp>> = {
  HentPersoner: /personidentifikator +12838410985\n.*Epostadresse +kari\.testesen@example\.no/s,
  HentEndringer: /senesteEndringsNummer +\d+\n.*personidentifikator +12838410985/s,
  HentPrintSertifikat: /postkasseleverandoerAdresse +984661185\nX509Sertifikat +MII/,
};

describeWith([stacks.chromium], 'whoever tries the lookup service', () => {
  const seen = looking();

  for (const service of ['oppslagstjeneste', 'oppslagstjeneste-14-05'])
    for (const [operation, read] of Object.entries(READ))
      it(`reads the answer to ${operation} of ${service}`, async () => {
        const { page } = seen();
        await visit(seen(), `try/${service}.${operation}`, /Try it/);
        await page.locator('fieldset input').first().waitFor();
        await page.getByRole('button', { name: 'Send' }).click();
        await page.getByRole('heading', { name: /Exchange \d+/ }).waitFor();
        await page.locator('.actions .verdict', { hasText: 'accepted' }).waitFor();
        await page.getByText('decrypted, signature verified').waitFor();
        await page.getByRole('region', { name: 'Fields of the answer' }).filter({ hasText: read }).waitFor();
      });

  for (const operation of ['personer-v1', 'personer-v2'])
    it(`reads the answer to ${operation} of the REST successor`, async () => {
      const { page } = seen();
      await visit(seen(), `try/krr.${operation}`, /Try it/);
      await page.locator('fieldset input').first().waitFor();
      await page.getByRole('button', { name: 'Send' }).click();
      await page.locator('.actions .verdict', { hasText: 'accepted' }).waitFor();
      const fields = page.getByRole('region', { name: 'Fields of the answer' });
      await fields.getByText(/personidentifikator +12838410985/).waitFor();
    });

  it('is told that nobody vouches for a fault, and sees nothing read beside an exchange of others', async () => {
    const { page } = seen();
    await visit(seen(), 'exchange/1', /Exchange 1/);
    await page.getByRole('tree', { name: 'Answer as a tree' }).waitFor();
    await page.getByRole('region', { name: 'Fields of the answer' }).waitFor({ state: 'detached' });
    await visit(seen(), 'try/oppslagstjeneste.HentPersoner', /Try it/);
    await page.getByLabel('personidentifikator').waitFor();
    await page.getByLabel(/body-altered/).check();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('a fault, never signed').waitFor();
    await page.getByRole('region', { name: 'Fields of the answer' }).getByText('Sender').waitFor();
  });
});
