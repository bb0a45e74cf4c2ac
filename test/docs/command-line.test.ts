// docs/command-line.md is made from the commands: DOCS=write npx mocha test/docs/command-line.test.ts renews it.

import type { Command } from 'commander';
import { createProgram } from '../../src/commands/program.ts';
import { assertMade, table } from './pages.ts';

const usageOf = (command: Command, before: string): string =>
  `${before} ${command.name()} ${command.usage()}`.replace(/ \[options\]/, '').trim();

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replace(/\.\.$/, '.');

const section = (command: Command, before: string): string[] => {
  const path = `${before} ${command.name()}`;
  if (command.commands.length > 0) return command.commands.flatMap((one) => section(one, path));
  const isServe = command.name() === 'serve';
  const rows = command.options
    // Every setting has its option: said once, on its own page.
    .filter(({ long }) => !isServe || ['--no-seed', '--config', '--print-config'].includes(long ?? ''))
    .map(({ flags, description, defaultValue, argChoices }) => [
      `\`${flags}\``,
      [
        description,
        argChoices ? `: ${argChoices.join(', ')}` : '',
        typeof defaultValue === 'string' ? ` (${defaultValue})` : '',
      ].join(''),
    ]);
  return [
    `## ${path}`,
    '',
    `\`${usageOf(command, before)}\``,
    '',
    sentence(command.description()),
    '',
    ...(isServe ? ['Every [setting](settings.md#all-settings) that has an option, and:', ''] : []),
    ...(rows.length > 0 ? [...table(['option', ''], rows), ''] : []),
  ];
};

describe('docs/command-line.md', () => {
  it('has every verb with its options', () => {
    const program = createProgram();
    const sections = program.commands.flatMap((command) => section(command, program.name()));
    assertMade('docs/command-line.md', 'verbs', sections.slice(0, -1), 'command-line.test.ts');
  });
});
