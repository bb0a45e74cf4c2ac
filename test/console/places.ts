// The screens of the console, each with something on it, for whoever goes through all of them.

import { openingOf } from '../attacks/arena.ts';
import { compose, usual } from '../attacks/message.ts';
import { clientOf } from '../running.ts';
import { call, type Seen, visit } from './browser.ts';

export const CHECK = 'postkasseleverandoer.KanVelgeSikkerDigitalPostkasse';

export interface Place {
  readonly name: string;
  /** Whether there is more to see than fits. */
  readonly whole?: true;
  readonly show: (seen: Seen) => Promise<void>;
}

/** Calls of all kinds, so that no screen is empty. */
export const fill = async (seen: Seen): Promise<void> => {
  for (const body of [
    { operation: CHECK },
    { operation: 'rest.GetKontaktinformation', as: 'kommune' },
    { operation: 'postkasseleverandoer.SlettPostkasse', as: 'eboks' },
    { operation: 'rest.CreateKontaktinformation' },
    { operation: 'rest.GetVerifikationskode' },
    { operation: CHECK, mistakes: ['certificate-expired'] },
    { operation: 'reminder.SavePersonContactData' },
    { operation: 'jobnet.GetPersonContactData', mistakes: ['caller-unknown'] },
    { operation: CHECK, mistakes: ['field-missing'] },
  ])
    await call(seen, body).catch(() => undefined);
};

/** Sends a message whose signed Body was moved into a header, with another in its place; tells its number in the journal. */
export const sendWrapped = async ({ emulator }: Seen): Promise<number> => {
  const now = emulator.clock.now('security');
  const honest = compose(usual(clientOf(emulator, 'digipost'), openingOf('kari.testesen#1234'), now));
  const body = /<soap:Body .*<\/soap:Body>/s.exec(honest)?.[0] ?? '';
  const other = `<soap:Body>${openingOf('somebody.else#6666')}</soap:Body>`;
  const { headers } = await fetch(`${emulator.url}/ws-postkasseleverandoer-v1`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: honest.replace(body, other).replace('</soap:Header>', `<w>${body}</w></soap:Header>`),
  });
  return Number(headers.get('kontakt-journal')?.split('-')[1]);
};

const at =
  (place: string, heading: RegExp, ready: string): Place['show'] =>
  async (seen) => {
    await visit(seen, place, heading);
    await seen.page.locator(ready).first().waitFor();
  };

export const places: readonly Place[] = [
  { name: 'exchanges', show: at('exchanges', /Exchanges/, '.rows tbody a') },
  {
    name: 'clear',
    show: async (seen) => {
      await at('exchanges', /Exchanges/, '.rows tbody a')(seen);
      await seen.page.getByRole('button', { name: 'Clear' }).click();
      await seen.page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'exchange',
    whole: true,
    show: async (seen) => {
      const number = await call(seen, { operation: CHECK, mistakes: ['laid-out'] });
      await at(`exchange/${number}`, /Exchange/, '.difference')(seen);
      await seen.page.locator('.tree').nth(1).waitFor();
      // Somebody points at a reference.
      await seen.page.getByRole('button', { name: '2 #Body' }).first().focus();
      await seen.page.locator('.node.target').waitFor();
    },
  },
  {
    name: 'wrapped',
    show: async (seen) => {
      const number = await sendWrapped(seen);
      await at(`exchange/${number}`, /Exchange/, '.mark-body')(seen);
      await seen.page.locator('.tree').nth(1).waitFor();
      // The Body that is read comes last.
      await seen.page.locator('.tree .node').first().focus();
      await seen.page.keyboard.press('End');
      await seen.page.locator('.node:focus', { hasText: 'somebody.else' }).waitFor();
      await seen.page.evaluate(
        "scrollTo(0, document.getElementById('request').getBoundingClientRect().top + scrollY - 30)",
      );
    },
  },
  { name: 'persons', show: at('persons', /Persons/, 'tbody a') },
  { name: 'person', show: at('persons/no/12838410985', /Person/, 'input[type=checkbox]') },
  { name: 'mailboxes', whole: true, show: at('persons/no/17848024538', /Person/, 'input[type=checkbox]') },
  { name: 'citizen', show: at('persons/dk/3103555034', /Person/, 'input[type=checkbox]') },
  { name: 'organisations', show: at('organisations', /Organisations/, 'tbody button') },
  { name: 'organisations-dk', show: at('organisations/dk', /Organisations/, 'tbody button') },
  { name: 'outbox', show: at('outbox', /Outbox/, '.phone') },
  { name: 'try-it', show: at(`try/${CHECK}`, /Try it/, 'fieldset input') },
  {
    name: 'read-answer',
    show: async (seen) => {
      await at('try/oppslagstjeneste.HentPersoner', /Try it/, 'fieldset input')(seen);
      await seen.page.getByRole('button', { name: 'Send' }).click();
      await seen.page.getByRole('region', { name: 'Fields of the answer' }).waitFor();
      await seen.page.getByRole('tree', { name: 'Answer as a tree' }).waitFor();
      await seen.page.evaluate(
        "scrollTo(0, document.getElementById('read').getBoundingClientRect().top + scrollY - 30)",
      );
    },
  },
  {
    name: 'certificates',
    show: async (seen) => {
      await at('certificates', /Certificates/, '.files button')(seen);
      await seen.page.getByText('Make a certificate').click();
      await seen.page.getByLabel('Client').fill('utgaatt');
      await seen.page.getByLabel('Name of the organisation').fill('Ærlig Blåbærsyltetøy og Sønner AS');
      await seen.page.getByLabel('expired a year ago').check();
    },
  },
  { name: 'switches', show: at('switches', /Switches/, '.clock') },
  { name: 'contract', show: at('contract', /Contract/, '.operations a') },
];
