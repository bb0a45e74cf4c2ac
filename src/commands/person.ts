// kontakt person list | show | add, kontakt seed, kontakt reset: the register's content.

import type { CitizenJson } from '../dfdg/json.ts';
import type { PersonJson } from '../kontaktregister/json.ts';
import { print, printJson } from './print.ts';
import { type Country, readJson, type Where, withRegister } from './register.ts';

const mailboxesOf = ({ postkasser = [] }: PersonJson): string =>
  postkasser
    .map(({ leverandoer, aktiv, adresse }) => `${leverandoer} ${aktiv ? 'active' : 'inactive'} ${adresse}`)
    .join('; ') || '-';

const row = (person: PersonJson): string =>
  [
    person.id,
    `${person.status ?? 'AKTIV'}${person.slettetAarsak ? ` (${person.slettetAarsak})` : ''}`.padEnd(22),
    (person.reservert ? 'reserved' : '-').padEnd(9),
    mailboxesOf(person),
  ].join('  ');

const citizenRow = ({ id, cvCustomerIdentifier, doed, kommune, kontaktdata = [] }: CitizenJson): string =>
  [
    id,
    (cvCustomerIdentifier ?? '-').padEnd(10),
    (doed ? 'dead' : '-').padEnd(5),
    (kommune ?? '-').padEnd(5),
    kontaktdata.map(({ type, value, status }) => `${type}: ${value} (${status ?? 1})`).join('; ') || '-',
  ].join('  ');

export const personList = (
  where: Where,
  { json, country }: { json?: boolean; country: Country },
): Promise<void> =>
  withRegister(where, async (register) => {
    const persons = await register.list(country);
    const lines =
      country === 'no' ? (persons as PersonJson[]).map(row) : (persons as CitizenJson[]).map(citizenRow);
    if (json) printJson({ persons });
    else print(lines.length > 0 ? lines : ['the register has no persons']);
  });

export const personShow = (where: Where, id: string): Promise<void> =>
  withRegister(where, async (register) => printJson(await register.show(id)));

export interface NewPerson {
  readonly file?: string;
  readonly reserved?: boolean;
  readonly deleted?: string;
  readonly mobile?: string;
  readonly email?: string;
}

/** Adds a person, or replaces the one with the same number. */
export const personAdd = (where: Where, id: string, options: NewPerson): Promise<void> =>
  withRegister(where, async (register) => {
    const { file, reserved, deleted, mobile, email } = options;
    const person = file
      ? readJson(file)
      : {
          reservert: reserved ?? false,
          ...(deleted === undefined ? {} : { status: 'SLETTET', slettetAarsak: deleted }),
          kontaktinformasjon: {
            ...(mobile === undefined ? {} : { mobiltelefonnummer: { verdi: mobile, sistOppdatert: 'P0D' } }),
            ...(email === undefined ? {} : { epostadresse: { verdi: email, sistOppdatert: 'P0D' } }),
          },
        };
    printJson(await register.put(id, person));
  });

export const seed = (where: Where, file: string): Promise<void> =>
  withRegister(where, async (register) => {
    await register.seed(readJson(file), file);
    print([`${file} is in the register`]);
  });

export const reset = (where: Where, { seeded }: { seeded: boolean }): Promise<void> =>
  withRegister(where, async (register) => {
    await register.reset(seeded ? undefined : 'none');
    print([seeded ? 'the register is as newly seeded' : 'the register has no persons']);
  });
