// Persons in the console: what there is to know of each at a glance, and a form that others do not lose anything by.

import assert from 'node:assert/strict';
import { describeWith, stacks } from '../interop/stacks.ts';
import { control } from '../running.ts';
import { call, looking, visit } from './browser.ts';

const PERSON = '12838410985';
const CITIZEN = '1305475366';

describeWith([stacks.chromium], 'persons in the console', () => {
  const seen = looking();
  const put = async (place: string, person: object): Promise<void> => {
    const { http } = await control(seen().emulator.url, 'PUT', `/persons/${place}`, person);
    assert.equal(http, 200);
  };
  const stored = async (): Promise<{ reservert: boolean; postkasser: readonly object[] }> =>
    (await control(seen().emulator.url, 'GET', `/persons/no/${PERSON}`)).json as never;

  it('are told at a glance, in words and not by colour alone', async () => {
    const { page } = seen();
    await put(`no/${PERSON}`, {
      reservert: true,
      kontaktinformasjon: {
        mobiltelefonnummer: { verdi: '40000001', sistOppdatert: '-P2M', sistVerifisert: '-P1M' },
        epostadresse: { verdi: 'kari@example.no', sistOppdatert: '-P19M' },
      },
      postkasser: [
        { leverandoer: '984661185', adresse: 'kari.testesen#1234', aktiv: true },
        { leverandoer: '996460320', adresse: 'kari.testesen#4321', aktiv: false },
      ],
    });
    await visit(seen(), 'persons', /Persons/);
    const row = page.getByRole('row', { name: new RegExp(PERSON) });
    await row.getByText('e-mail older than 18 months').waitFor();
    assert.deepEqual(await row.getByRole('listitem').allTextContents(), [
      '! reserved',
      '✓ active mailbox with 984661185',
      'inactive mailbox with 996460320',
      '✓ mobile verified',
      '! e-mail older than 18 months',
    ]);
    await page.getByLabel('Search').fill('older than 18');
    await row.waitFor();
    // The clock says how old something is.
    await control(seen().emulator.url, 'PUT', '/clock', { of: 'register', advance: 'P18M' });
    await row.getByText('mobile older than 18 months').waitFor();
    await control(seen().emulator.url, 'PUT', '/clock', { of: 'register', real: true });
    await row.getByText('mobile verified').waitFor();
    await row.getByRole('link').click();
    await page.getByRole('heading', { name: `Person ${PERSON}` }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'e-mail older than 18 months' }).waitFor();
  });

  it('are told at a glance in Denmark too', async () => {
    const { page } = seen();
    await put(`dk/${CITIZEN}`, {
      doed: true,
      kontaktdata: [
        { type: 1, value: '20304050', status: 2 },
        { type: 3, value: 'borger@example.dk', status: 3 },
      ],
      huskeservice: ['CV'],
    });
    await visit(seen(), 'persons/dk', /Persons/);
    const row = page.getByRole('row', { name: new RegExp(CITIZEN) });
    await row.getByText('mobile verified').waitFor();
    assert.deepEqual(await row.getByRole('listitem').allTextContents(), [
      '✕ dead',
      '✓ mobile verified',
      '✕ e-mail invalid',
      'reminded of CV',
    ]);
  });

  it('are not overwritten where an exchange changed one while the form was open', async () => {
    const { page } = seen();
    await put(`no/${PERSON}`, {});
    await visit(seen(), `persons/no/${PERSON}`, /Person \d/);
    await page.getByLabel('reservert').check();
    await call(seen(), { operation: 'postkasseleverandoer.OpprettPostkasse' });
    const told = page.getByRole('alert').filter({ hasText: 'changed while the form was open' });
    await told.waitFor();
    assert.equal(await page.getByLabel('reservert').isChecked(), true);
    await told.getByRole('button', { name: 'Load what the register holds' }).click();
    await told.waitFor({ state: 'detached' });
    assert.equal(await page.getByLabel('reservert').isChecked(), false);
    await page.getByRole('group', { name: 'Mailbox 1' }).waitFor();
    await page.getByLabel('reservert').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    const { reservert, postkasser } = await stored();
    assert.deepEqual([reservert, postkasser.length], [true, 1]);
  });

  it('are overwritten by whoever was told and wants it', async () => {
    const { page } = seen();
    await put(`no/${PERSON}`, {});
    await visit(seen(), 'persons', /Persons/);
    await visit(seen(), `persons/no/${PERSON}`, /Person \d/);
    await page.getByLabel('Mobile number', { exact: true }).fill('40000009');
    await call(seen(), { operation: 'postkasseleverandoer.OpprettPostkasse' });
    await page.getByRole('button', { name: 'Save all the same' }).click();
    await page.getByText('Saved').waitFor();
    assert.equal((await stored()).postkasser.length, 0);
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor();
  });

  it('come along while nobody has written into the form', async () => {
    const { page } = seen();
    await put(`no/${PERSON}`, {});
    await visit(seen(), 'persons', /Persons/);
    await visit(seen(), `persons/no/${PERSON}`, /Person \d/);
    await page.getByLabel('reservert').waitFor();
    await put(`no/${PERSON}`, { reservert: true });
    await page.locator('input[type=checkbox]:checked').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  it('are added again only by whoever was told that one was removed', async () => {
    const { page, emulator } = seen();
    // A Norwegian who is removed is SLETTET, a change like others; a Danish citizen is gone.
    await put(`dk/${CITIZEN}`, {});
    await visit(seen(), `persons/dk/${CITIZEN}`, /Person \d/);
    await page.getByLabel('CV number').fill('20000001');
    await control(emulator.url, 'DELETE', `/persons/dk/${CITIZEN}`);
    await page.getByRole('alert').getByText('removed while the form was open').waitFor();
    assert.equal((await control(emulator.url, 'GET', `/persons/dk/${CITIZEN}`)).http, 404);
    await page.getByRole('button', { name: 'Save all the same' }).click();
    await page.getByText('Saved').waitFor();
    assert.equal((await control(emulator.url, 'GET', `/persons/dk/${CITIZEN}`)).http, 200);
  });
});
