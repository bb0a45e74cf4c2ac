// What people do at the console, from the first click to what they wanted to know.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describeWith, stacks } from '../interop/stacks.ts';
import { control } from '../running.ts';
import { call, copied, leaving, looking, until, visit } from './browser.ts';
import { CHECK } from './places.ts';

const PERSON = '12838410985';

describeWith([stacks.chromium], 'at the console', () => {
  describe('whoever comes first', () => {
    const seen = looking();
    const begin = async (button: string, verdict: string): Promise<void> => {
      const { page, emulator } = seen();
      await control(emulator.url, 'POST', '/reset', { journal: true });
      await visit(seen(), 'exchanges', /Exchanges/);
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('heading', { level: 1, name: /Exchange \d+/ }).waitFor();
      await page.locator('.actions .verdict', { hasText: verdict }).waitFor();
    };

    it('makes a good call, and sees its stages and both messages', async () => {
      await begin('Make a good call', 'accepted');
      const { page } = seen();
      await page.getByText('decide', { exact: false }).first().waitFor();
      await page.getByRole('tree', { name: 'Answer as a tree' }).getByText('JA', { exact: true }).waitFor();
    });

    it('makes a refused call, and sees the rule and what to change', async () => {
      await begin('Make a refused call', 'refused');
      const { page } = seen();
      await page.getByRole('heading', { name: 'Why it was refused' }).waitFor();
      await page.getByText('FEILET INGEN_POSTBOKS_FUNNET').first().waitFor();
      await page.getByText('What to change:').waitFor();
    });

    it('makes a broken call, and sees the octet where it broke', async () => {
      await begin('Make a broken call', 'fault');
      const { page } = seen();
      const marks = page.locator('.difference').first().locator('mark');
      await marks.nth(1).waitFor();
      assert.deepEqual(await marks.allTextContents(), ['<', '⏎']);
    });
  });

  describe('whoever got a fault', () => {
    const seen = looking();

    it('goes from the row that just came to what was signed and what arrived', async () => {
      const { page } = seen();
      const number = await call(seen(), { operation: CHECK, mistakes: ['laid-out'] });
      await page.getByRole('link', { name: String(number), exact: true }).click();
      const cause = page.getByRole('article').first();
      await cause.getByText('white space between elements was added after the message was signed').waitFor();
      await cause.getByText('proved').waitFor();
      await cause.getByText('What to change:').waitFor();
      await cause.getByText('The setting, by stack').click();
      await cause.getByText('CXF/WSS4J').waitFor();
      const wrong = page.getByRole('row', { name: /#Body .*wrong/ });
      await wrong.waitFor();
    });

    it('takes the messages along: as a file, and as a command', async () => {
      const { page } = seen();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('[aria-labelledby=request]').getByRole('button', { name: 'Download' }).click(),
      ]);
      assert.match(download.suggestedFilename(), /^exchange-\d+-request\.txt$/);
      const saved = readFileSync(await download.path(), 'utf8');
      assert.match(saved, /<wsse:Security /);
      assert.doesNotMatch(saved, new RegExp(PERSON));
      const command = await copied(seen(), page.getByRole('button', { name: 'Copy as curl' }));
      assert.match(command, /^curl -X POST 'http:\/\/127\.0\.0\.1:\d+\/ws-postkasseleverandoer-v1' \\\n/);
      assert.doesNotMatch(command, new RegExp(PERSON));
    });

    it('finds it among others by verdict and by words, and by a link', async () => {
      const { page, emulator } = seen();
      const number = await call(seen(), { operation: CHECK, as: 'eboks' });
      await visit(seen(), 'exchanges', /Exchanges/);
      await page.getByText('2 exchanges').waitFor();
      await page.getByLabel('Verdict').selectOption('fault');
      await page.getByText('1 exchange', { exact: true }).waitFor();
      await page.getByLabel('Verdict').selectOption('');
      await page.getByLabel('Caller').selectOption('eboks 996460320');
      await page.getByText('1 exchange', { exact: true }).waitFor();
      await page.getByLabel('Caller').selectOption('');
      await page.getByLabel('Search').fill('EBOKS');
      await page.getByText('1 exchange', { exact: true }).waitFor();
      await page.getByLabel('Search').fill('nobody');
      await page.getByText('No exchange fits.').waitFor();
      await page.goto(`${emulator.url}/#/exchange/${number}`);
      await page.getByRole('heading', { name: `Exchange ${number}` }).waitFor();
      await page.goto(`${emulator.url}/#/exchange/999`);
      await page.getByRole('alert').getByText('the journal has no exchange 999').waitFor();
    });
  });

  describe('whoever tries it', () => {
    const seen = looking();

    it('chooses an operation, a client and a mistake, and sees what comes of it', async () => {
      const { page } = seen();
      await visit(seen(), 'try', /Try it/);
      await leaving(seen(), /Try it/, () =>
        page.getByLabel('Operation').selectOption('postkasseleverandoer.OppdaterPostkasse'),
      );
      await page.getByRole('combobox', { name: /^Client/ }).selectOption('eboks');
      await page.getByLabel('postkasseadresse').fill('ny.adresse#1234');
      await page.getByLabel(/other-organisation/).check();
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('heading', { name: /Exchange \d+/ }).waitFor();
      await page.getByText('eboks 996460320').waitFor();
      await page.getByRole('tree', { name: 'Request as a tree' }).getByText('ny.adresse#1234').waitFor();
      await page.locator('.actions .verdict', { hasText: 'refused' }).waitFor();
    });

    it('calls with a certificate of their own, and is told where it is none', async () => {
      const { page, emulator } = seen();
      const client = emulator.pki.clients.get('eboks');
      await visit(seen(), `try/${CHECK}`, /Try it/);
      await page.getByLabel('personidentifikator').waitFor();
      await page.getByText('A certificate of your own').click();
      await page.getByLabel('Certificate', { exact: true }).fill('nothing');
      await page.getByLabel('Private key').fill(client?.keyPem ?? '');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('alert').getByText('expected a certificate in PEM').waitFor();
      await page.getByLabel('Certificate', { exact: true }).fill(client?.certificatePem ?? '');
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('eboks 996460320').waitFor();
    });
  });

  describe('whoever waits for a code', () => {
    const seen = looking();

    it('sees it come, and copies it', async () => {
      const { page, emulator } = seen();
      await visit(seen(), 'outbox', /Outbox/);
      await page.getByText('No message yet.').waitFor();
      await call(seen(), { operation: 'rest.CreateKontaktinformation' });
      await call(seen(), { operation: 'rest.GetVerifikationskode' });
      const { json } = await control(emulator.url, 'GET', '/outbox');
      const [{ code = '' } = {}] = (json as { messages: { code: string }[] }).messages;
      const message = page.getByRole('listitem').filter({ hasText: code }).first();
      assert.equal(await copied(seen(), message.getByRole('button', { name: 'Copy the code' })), code);
    });
  });

  describe('whoever changes the register', () => {
    const seen = looking();
    const stored = async (): Promise<unknown> =>
      (await control(seen().emulator.url, 'GET', `/persons/no/${PERSON}`)).json;

    it('reserves a person, and sees it in the list', async () => {
      const { page } = seen();
      await visit(seen(), 'persons', /Persons/);
      await page.getByLabel('Search').fill(PERSON);
      await page.getByRole('link', { name: PERSON }).click();
      await page.getByLabel('reservert').check();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved').waitFor();
      assert.equal(((await stored()) as { reservert: boolean }).reservert, true);
      await page.getByRole('link', { name: 'All persons' }).click();
      await page.getByRole('row', { name: new RegExp(`${PERSON} AKTIV reserved`) }).waitFor();
    });

    it('is told what cannot be kept, and nothing changes', async () => {
      const { page } = seen();
      const before = await stored();
      await visit(seen(), `persons/no/${PERSON}`, /Person/);
      await page.getByLabel('reservert').waitFor();
      await page.getByRole('button', { name: 'JSON' }).click();
      await page.getByLabel('The person as JSON').fill('{"reservert": "yes"}');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('alert').getByText(`person ${PERSON}: reservert`).waitFor();
      assert.deepEqual(await stored(), before);
    });

    it('sees which exchange changed a person, and takes a mobile number away', async () => {
      const { page, emulator } = seen();
      await control(emulator.url, 'POST', '/reset');
      const number = await call(seen(), { operation: 'postkasseleverandoer.OpprettPostkasse' });
      await visit(seen(), 'persons', /Persons/);
      await visit(seen(), `persons/no/${PERSON}`, /Person \d/);
      const changes = page.getByRole('region', { name: 'Changed by' });
      await changes.getByText('OpprettPostkasse by 984661185').waitFor();
      await page.getByLabel('Mobile number', { exact: true }).fill('');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved').waitFor();
      const { kontaktinformasjon, postkasser } = (await stored()) as {
        kontaktinformasjon: object;
        postkasser: readonly object[];
      };
      assert.deepEqual([Object.keys(kontaktinformasjon), postkasser.length], [['epostadresse'], 1]);
      await changes.getByText('the control interface').waitFor();
      await call(seen(), { operation: 'postkasseleverandoer.SlettPostkasse' });
      await changes.getByRole('link', { name: `exchange ${number + 1}` }).click();
      await page.getByRole('heading', { name: `Exchange ${number + 1}` }).waitFor();
    });

    it('adds a citizen, and removes it again', async () => {
      const { page, emulator } = seen();
      await visit(seen(), 'persons/dk/new', /A new person/);
      await page.getByLabel('Number', { exact: true }).fill('1305475366');
      await page.getByLabel('CV number').fill('20000001');
      await page.getByRole('button', { name: 'Add a contact' }).click();
      await page.getByLabel('Type').selectOption('e-mail');
      await page.getByLabel('Number or address').fill('ny.borger@example.dk');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'Person 1305475366' }).waitFor();
      const { json } = await control(emulator.url, 'GET', '/persons/dk/1305475366');
      const { cvCustomerIdentifier, kontaktdata } = json as {
        cvCustomerIdentifier: string;
        kontaktdata: unknown;
      };
      assert.equal(cvCustomerIdentifier, '20000001');
      assert.deepEqual(kontaktdata, [{ type: 3, value: 'ny.borger@example.dk', status: 1 }]);
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByRole('button', { name: 'Really remove' }).click();
      await page.getByRole('heading', { name: 'Persons' }).waitFor();
      assert.equal((await control(emulator.url, 'GET', '/persons/dk/1305475366')).http, 404);
    });

    it('moves a hand of the clock, and turns everything back', async () => {
      const { page, emulator } = seen();
      await visit(seen(), 'switches', /Switches/);
      const hand = page.getByRole('group', { name: 'The register hand' });
      await hand.getByLabel('At').fill('2026-01-31T12:00:00Z');
      await hand.getByRole('button', { name: 'Freeze' }).click();
      await hand.getByText('frozen').waitFor();
      await hand.getByLabel('The register hand shows').getByText('2026-01-31T12:00:00Z').waitFor();
      await hand.getByLabel('By').fill('soon');
      await hand.getByRole('button', { name: 'Advance' }).click();
      await page.getByRole('alert').getByText('is no ISO 8601 duration').waitFor();
      await page.getByRole('button', { name: 'Reset' }).click();
      await page.getByRole('button', { name: 'Really reset' }).click();
      await hand.getByText('real', { exact: true }).waitFor();
      assert.equal(emulator.clock.state('register').kind, 'real');
    });

    it('gives a service another profile, and a reset the configured one', async () => {
      const { page, emulator } = seen();
      await visit(seen(), 'switches', /Switches/);
      const profiles = page.getByRole('group', { name: 'Security profiles' });
      await profiles.getByLabel('postkasseleverandoer').selectOption('strict');
      await page.getByText('postkasseleverandoer has the profile strict').waitFor();
      const number = await call(seen(), { operation: CHECK, digest: 'sha1' });
      const { json } = await control(emulator.url, 'GET', `/journal/${number}`);
      assert.equal((json as { profile: string }).profile, 'strict');
      await control(emulator.url, 'POST', '/reset');
      await until(
        seen(),
        `[...document.querySelectorAll('.choice select')].every(({ value }) => value !== 'strict')`,
      );
    });

    it('makes a certificate, is told what cannot be, and takes its files along', async () => {
      const { page } = seen();
      await visit(seen(), 'certificates', /Certificates/);
      await page.getByText('Make a certificate').click();
      await page.getByLabel('Client').fill('digipost');
      await page.getByRole('button', { name: 'Make it' }).click();
      await page.getByRole('alert').getByText('that is a certificate of the emulator’s own').waitFor();
      await page.getByLabel('Client').fill('utgaatt');
      await page.getByLabel('Kind').selectOption('seid2');
      await page.getByLabel('Name of the organisation').fill('Ærlig Blåbærsyltetøy og Sønner AS');
      await page.getByLabel('expired a year ago').check();
      await page.getByRole('button', { name: 'Make it' }).click();
      await page.getByText('utgaatt is made').waitFor();
      for (const ending of ['pem', 'key', 'p12']) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: `Download utgaatt.${ending}` }).click(),
        ]);
        assert.ok(readFileSync(await download.path()).length > 500, ending);
      }
      await visit(seen(), `try/${CHECK}`, /Try it/);
      await page.getByRole('combobox', { name: /^Client/ }).selectOption('utgaatt');
      await page.getByLabel('personidentifikator').waitFor();
      await page.getByRole('button', { name: 'Send' }).click();
      await page.locator('.actions .verdict', { hasText: 'fault' }).waitFor();
      await page.getByText('expired').first().waitFor();
    });

    it('takes a certificate along', async () => {
      const { page } = seen();
      await visit(seen(), 'certificates', /Certificates/);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download digipost.pem' }).click(),
      ]);
      assert.equal(download.suggestedFilename(), 'digipost.pem');
      assert.match(readFileSync(await download.path(), 'utf8'), /BEGIN CERTIFICATE/);
    });
  });
});
