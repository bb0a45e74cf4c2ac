// kontakt person, relation, seed, reset, outbox.

import { type Command, Option } from 'commander';
import { countryList } from '../../country-list.ts';
import { type Options, urlFor, whereFor } from '../settings.ts';
import type { ListOptions } from './person.ts';
import type { RelationOptions } from './relation.ts';
import type { GenerateOptions } from './seed.ts';

/** A verb on the register: of the running emulator, or of a data directory that is not in use. */
const onRegister = (command: Command): Command =>
  command
    .option('--url <url>', 'address of the running emulator')
    .option('--data <folder>', 'work on this data directory instead; no emulator may use it');

const codes = countryList.map(({ country }) => country);

const relations = countryList
  .map(
    ({ name, relation: { members, help } }) =>
      `${name}: ${members.map((member) => `<${member.name}>`).join(' ')}, ${help}`,
  )
  .join('; ');

/** A verb on relations. */
const onRelations = (command: Command): Command =>
  onRegister(command).addOption(
    new Option('--country <code>', 'whose register').choices(codes).default(codes[0]),
  );

const addRelations = (program: Command): void => {
  const relation = program
    .command('relation')
    .description(`which organisation may act for which (${relations})`);
  onRelations(relation.command('list').description('list them'))
    .option('--json', 'print JSON')
    .action(async (given: Options & RelationOptions) =>
      (await import('./relation.ts')).relationList(whereFor(given), given),
    );
  onRelations(relation.command('add <values...>').description('add one')).action(
    async (values: string[], given: Options & RelationOptions) =>
      (await import('./relation.ts')).relationAdd(whereFor(given), values, given),
  );
  onRelations(relation.command('remove <values...>').description('remove one')).action(
    async (values: string[], given: Options & RelationOptions) =>
      (await import('./relation.ts')).relationRemove(whereFor(given), values, given),
  );
};

export const addRegister = (program: Command): void => {
  const person = program.command('person').description('the persons of the register');
  onRegister(person.command('list').description('list them, each with a few words on who it is'))
    .addOption(new Option('--country <code>', 'whose register').choices(codes).default(codes[0]))
    .addOption(
      new Option(
        '--free',
        `only those ${countryList.map(({ name, people }, place) => `${place === 0 ? '' : `in ${name} those `}${people.freeMeans}`).join('; ')}`,
      ).conflicts('reserved'),
    )
    .option('--reserved', 'only those that are reserved against digital communication')
    .option('--json', 'print JSON')
    .action(async (given: Options & ListOptions) =>
      (await import('./person.ts')).personList(whereFor(given), given),
    );
  onRegister(person.command('show <id>').description('show one')).action(async (id: string, given: Options) =>
    (await import('./person.ts')).personShow(whereFor(given), id),
  );
  const add = onRegister(
    person.command('add <id>').description('add one, or replace the one with this number'),
  ).option('--file <json>', 'the person as JSON, - for standard input');
  for (const { name, value, help } of countryList.flatMap(({ people }) => people.options))
    add.option(`--${name}${value === undefined ? '' : ` ${value}`}`, help);
  add.action(async (id: string, { url, data, ...given }: Options) =>
    (await import('./person.ts')).personAdd(whereFor({ url, data }), id, given),
  );
  addRelations(program);
  onRegister(
    program
      .command('seed [file]')
      .description('add the persons of a seed file to the register, or made-up ones for load tests'),
  )
    .option('--generate <number>', 'how many persons to make up, with synthetic numbers')
    .option('--seed <number>', 'with --generate: the same number makes the same persons (0)')
    .action(async (file: string | undefined, given: Options & GenerateOptions) =>
      (await import('./seed.ts')).seed(whereFor(given), file, given),
    );
  onRegister(program.command('reset').description('empty the register and seed it again'))
    .option('--no-seed', 'leave it without persons')
    .action(async (given: Options) =>
      (await import('./person.ts')).reset(whereFor(given), { seeded: given.seed !== false }),
    );

  program
    .command('outbox')
    .description('the messages that Danish citizens would have received, oldest first')
    .option('--follow', 'go on with what comes')
    .option('--json', 'print one JSON object a line')
    .option('--url <url>', 'address of the emulator')
    .action(async (given: Options) => (await import('./outbox.ts')).outbox(urlFor(given), given));
};
