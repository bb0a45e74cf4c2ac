// What a shell may complete: the verbs of the program with their options and values, read from the program itself.

import type { Command, Option } from 'commander';
import { z } from 'zod';
import { knownTargets } from '../../client/calls/known.ts';
import { mistakes } from '../../client/mistakes.ts';
import { builtIn } from '../../security/profiles/profiles.ts';
import { type SettingName, settings } from '../../settings/settings.ts';

/** Values of an option or an argument: these words, or what lies in the folder when the shell asks. */
export type Values = readonly string[] | 'files' | 'clients' | 'anything';

export interface CompletedOption {
  /** `--as`, `-h`. */
  readonly flags: readonly string[];
  readonly help: string;
  /** Undefined: the option takes no value. */
  readonly values: Values | undefined;
}

export interface CompletedVerb {
  /** `cert new`; empty for the program itself. */
  readonly path: string;
  readonly verbs: readonly { readonly name: string; readonly help: string }[];
  readonly options: readonly CompletedOption[];
  readonly argument: Values;
}

const FILES = /<(?:file|folder|path|json|envelope|message)(?:\.\.\.)?>/;

const settingValues = (name: string): Values | undefined => {
  if (name === 'profile') return [...builtIn.keys()];
  const schema = Object.hasOwn(settings, name) ? settings[name as SettingName].schema : undefined;
  return schema instanceof z.ZodEnum ? schema.options.map(String) : undefined;
};

const valuesOf = (option: Option): Values | undefined => {
  if (!option.required && !option.optional) return undefined;
  if (option.argChoices) return option.argChoices;
  if (option.long === '--as') return 'clients';
  if (option.long === '--mistake') return mistakes.map(({ name }) => name);
  const words = /<(\w+(?:\|\w+)+)>/.exec(option.flags)?.[1]?.split('|');
  return words ?? settingValues(option.attributeName()) ?? (FILES.test(option.flags) ? 'files' : 'anything');
};

const optionOf = (option: Option): CompletedOption => ({
  // Of an alias (--crl, --crls) commander keeps the short one as the short option.
  flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
  help: option.description,
  values: valuesOf(option),
});

const argumentOf = (path: string, { registeredArguments: [argument] }: Command): Values => {
  if (path === 'call') return knownTargets();
  if (path === 'journal') return ['last'];
  if (argument?.argChoices) return argument.argChoices;
  return argument && FILES.test(`<${argument.name()}>`) ? 'files' : 'anything';
};

/** The program and all its verbs, the outer ones first. */
export const completedVerbs = (command: Command, path = ''): CompletedVerb[] => {
  const options = command.options.map(optionOf);
  const hasHelp = options.some(({ flags }) => flags.includes('--help'));
  return [
    {
      path,
      verbs: command.commands.map((verb) => ({
        name: verb.name(),
        help: verb.summary() || verb.description(),
      })),
      options: hasHelp
        ? options
        : [...options, { flags: ['-h', '--help'], help: 'show help', values: undefined }],
      argument: argumentOf(path, command),
    },
    ...command.commands.flatMap((verb) => completedVerbs(verb, `${path} ${verb.name()}`.trim())),
  ];
};
