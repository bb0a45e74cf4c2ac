// Organisations in the console: who may act for whom, shown and changed one by one.

import assert from 'node:assert/strict';
import { describeWith, stacks } from '../interop/stacks.ts';
import { control } from '../running.ts';
import { call, looking, visit } from './browser.ts';

const LOOKUP = 'oppslagstjeneste.HentPersoner';

describeWith([stacks.chromium], 'organisations in the console', () => {
  const seen = looking();
  const relations = async (country: string): Promise<readonly object[]> => {
    const { json } = await control(seen().emulator.url, 'GET', `/organisations?country=${country}`);
    return (json as { relations: object[] }).relations;
  };

  it('a relation is removed, what needs it is refused, and it is added again', async () => {
    const { page } = seen();
    const before = await relations('no');
    await visit(seen(), 'organisations', /Organisations/);
    const row = page.getByRole('row', { name: /984661185 .*OPPSLAGSTJENESTEN/ });
    await row.getByText('Digipost').first().waitFor();
    await row.getByRole('button').click();
    await page.getByRole('status').getByText('is no longer in the register').waitFor();
    await row.waitFor({ state: 'detached' });
    assert.equal((await relations('no')).length, before.length - 1);
    const refused = await call(seen(), { operation: LOOKUP });
    const { json } = await control(seen().emulator.url, 'GET', `/journal/${refused}`);
    assert.notEqual((json as { problem?: string }).problem, undefined);
    await page.getByLabel('organisation', { exact: true }).fill('984661185');
    await page.getByLabel('onBehalfOf').fill('984661185');
    await page.getByRole('combobox', { name: 'service' }).selectOption('OPPSLAGSTJENESTEN');
    await page.getByRole('button', { name: 'Add' }).click();
    await row.waitFor();
    assert.deepEqual(await relations('no'), before);
  });

  it('one that cannot be is told, and changes nothing', async () => {
    const { page } = seen();
    const before = await relations('dk');
    await visit(seen(), 'organisations/dk', /Organisations/);
    await page.getByLabel('cvr').fill('1');
    await page.getByLabel('type').fill('seven');
    await page.getByLabel('code').fill('101');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('alert').getByText('relations:').waitFor();
    assert.equal(await page.getByLabel('code').inputValue(), '101');
    assert.deepEqual(await relations('dk'), before);
  });

  it('one that others add comes along', async () => {
    const { page, emulator } = seen();
    await visit(seen(), 'organisations/dk', /Organisations/);
    await page
      .getByRole('row', { name: /90000040 .*101/ })
      .first()
      .waitFor();
    await control(emulator.url, 'POST', '/relations?country=dk', {
      add: [{ cvr: '90000040', type: 7, code: '461' }],
    });
    await page.getByRole('button', { name: 'Remove 90000040 7 461' }).waitFor();
    await control(emulator.url, 'POST', '/reset');
    await page.getByRole('button', { name: 'Remove 90000040 7 461' }).waitFor({ state: 'detached' });
  });
});
