// kontakt person list | show | add, kontakt reset: the register's content.

import type { Country } from '../../contract/country.ts';
import type { People, PersonOptions } from '../../contract/people.ts';
import { countryList } from '../../country-list.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { print, printJson, printNote } from '../print.ts';
import { homeOf, readJson, type Where, withRegister } from './access.ts';
import { asTable } from './table.ts';

export interface ListOptions {
  readonly json?: boolean;
  readonly country: string;
  readonly free?: boolean;
  readonly reserved?: boolean;
}

const isWanted = ({ tell }: People, person: unknown, { free, reserved }: ListOptions): boolean => {
  const told = tell(person);
  return (!free || told.free) && (!reserved || told.reserved === true);
};

export const personList = (where: Where, options: ListOptions): Promise<void> => {
  const { json, country, reserved } = options;
  const { people } = countryList.find((one) => one.country === country) ?? countryList[0];
  if (reserved && people.unreservable !== undefined)
    throw new ConfigurationError(`--reserved: ${people.unreservable}`);
  return withRegister(where, async (register) => {
    const persons = (await register.list(country)).filter((one) => isWanted(people, one, options));
    if (json) printJson({ persons });
    else if (persons.length === 0) printNote(['the register has no such person']);
    else
      print(
        asTable(
          people.header,
          persons.map((one) => people.tell(one).cells),
        ),
      );
  });
};

export const personShow = (where: Where, id: string): Promise<void> =>
  withRegister(where, async (register) => printJson(await register.show(id)));

/** @throws ConfigurationError where an option is none of those that a person of the country is made of */
const made = ({ people, adjective }: Country, given: PersonOptions): object => {
  const known = people.options.map(({ name }) => name);
  const strange = Object.keys(given).find((name) => !known.includes(name));
  if (strange === undefined) return people.make(given);
  throw new ConfigurationError(
    `--${strange}: a person of the ${adjective} register is given as JSON, with --file`,
  );
};

export interface NewPerson extends PersonOptions {
  readonly file?: string;
}

/** Adds a person, or replaces the one with the same number. */
export const personAdd = (where: Where, id: string, { file, ...given }: NewPerson): Promise<void> => {
  const person = file ? readJson(file) : made(homeOf(id), given);
  return withRegister(where, async (register) => printJson(await register.put(id, person)));
};

export const reset = (where: Where, { seeded }: { seeded: boolean }): Promise<void> =>
  withRegister(where, async (register) => {
    await register.reset(seeded ? undefined : 'none');
    print([seeded ? 'the register is as newly seeded' : 'the register has no persons']);
  });
