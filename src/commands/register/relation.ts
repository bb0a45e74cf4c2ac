// kontakt relation list | add | remove: which organisation may act for which.

import type { Country } from '../../contract/country.ts';
import { countryList } from '../../country-list.ts';
import { ConfigurationError } from '../../kernel/user-error.ts';
import { print, printJson, printNote } from '../print.ts';
import { type RegisterAccess, type Where, withRegister } from './access.ts';
import { asTable } from './table.ts';

export interface RelationOptions {
  readonly country: string;
  readonly json?: boolean;
}

type Relation = Readonly<Record<string, unknown>>;

/** The organisations of a country in JSON, of which only the relations are looked at here. */
interface Organisations {
  readonly relations: readonly Relation[];
}

const countryOf = ({ country }: RelationOptions): Country =>
  countryList.find((one) => one.country === country) ?? countryList[0];

const organisationsIn = async (register: RegisterAccess, { country }: Country): Promise<Organisations> =>
  (await register.organisations(country)) as Organisations;

/** @throws ConfigurationError where there are not as many values as members */
const relationOf = ({ relation: { members } }: Country, values: readonly string[]): Relation => {
  if (values.length !== members.length)
    throw new ConfigurationError(`a relation has ${members.map(({ name }) => name).join(', ')}`);
  return Object.fromEntries(
    members.map(({ name, number }, place) => [name, number ? Number(values[place]) : values[place]]),
  );
};

const cellsOf = ({ relation: { members } }: Country, relation: Relation): string[] =>
  members.map(({ name }) => String(relation[name]));

export const relationList = (where: Where, options: RelationOptions): Promise<void> => {
  const country = countryOf(options);
  return withRegister(where, async (register) => {
    const { relations } = await organisationsIn(register, country);
    if (options.json) printJson({ relations });
    else if (relations.length === 0) printNote(['the register has no relation']);
    else {
      const header = country.relation.members.map(({ name }) => name);
      print(
        asTable(
          header,
          relations.map((relation) => cellsOf(country, relation)),
        ),
      );
    }
  });
};

const relate = (
  where: Where,
  values: readonly string[],
  options: RelationOptions,
  change: 'add' | 'remove',
): Promise<void> => {
  const country = countryOf(options);
  const relation = relationOf(country, values);
  return withRegister(where, async (register) => {
    await register.relate(country.country, { [change]: [relation] });
    print([`${values.join(' ')} is ${change === 'add' ? '' : 'no longer '}in the register`]);
  });
};

export const relationAdd = (
  where: Where,
  values: readonly string[],
  options: RelationOptions,
): Promise<void> => relate(where, values, options, 'add');

/** @throws (rejects) UserError where there is no such relation */
export const relationRemove = (
  where: Where,
  values: readonly string[],
  options: RelationOptions,
): Promise<void> => relate(where, values, options, 'remove');
