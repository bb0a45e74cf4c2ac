// kontakt person list | show | add, kontakt seed, kontakt reset: the register's content.

import type { CitizenJson } from '../../dfdg/register/json.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import type { PersonJson } from '../../kontaktregister/register/json.ts';
import { print, printJson, printNote } from '../print.ts';
import { type Country, readJson, type Where, withRegister } from './access.ts';
import { citizenTable, isFreeCitizen, isFreePerson, personTable } from './table.ts';

export interface ListOptions {
  readonly json?: boolean;
  readonly country: Country;
  readonly free?: boolean;
  readonly reserved?: boolean;
}

const wantedPersons = (persons: PersonJson[], { free, reserved }: ListOptions): PersonJson[] =>
  persons.filter((one) => (!free || isFreePerson(one)) && (!reserved || one.reservert === true));

export const personList = (where: Where, options: ListOptions): Promise<void> => {
  const { json, country, free, reserved } = options;
  if (reserved && country === 'dk')
    throw new ConfigurationError('--reserved: citizens of the Danish register cannot be reserved');
  const tell = <One>(persons: readonly One[], table: (persons: readonly One[]) => string[]): void => {
    if (json) printJson({ persons });
    else if (persons.length === 0) printNote(['the register has no such person']);
    else print(table(persons));
  };
  return withRegister(where, async (register) => {
    const all = await register.list(country);
    if (country === 'no') tell(wantedPersons(all as PersonJson[], options), personTable);
    else
      tell(
        (all as CitizenJson[]).filter((one) => !free || isFreeCitizen(one)),
        citizenTable,
      );
  });
};

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
