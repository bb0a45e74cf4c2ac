// The completion for fish: a line for each word that may come, with its help.

import type { CompletedOption, CompletedVerb, Values } from './words.ts';

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const takes = (values: Values): string => {
  if (values === 'files') return '-r -F';
  if (values === 'clients') return "-x -a '(__kontakt_clients)'";
  return values === 'anything' ? '-x' : `-x -a ${quoted(values.join(' '))}`;
};

const optionLine = (path: string, { flags, help, values }: CompletedOption): string => {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  return [
    `complete -c kontakt -n ${quoted(`__kontakt_at ${quoted(path)}`)}`,
    ...names,
    ...(values === undefined ? [] : [takes(values)]),
    `-d ${quoted(help)}`,
  ].join(' ');
};

const linesOf = ({ path, verbs, options, argument }: CompletedVerb): string[] => {
  const here = `complete -c kontakt -n ${quoted(`__kontakt_at ${quoted(path)}`)}`;
  const words =
    verbs.length > 0
      ? verbs.map(({ name, help }) => `${here} -f -a ${quoted(name)} -d ${quoted(help)}`)
      : argument === 'files'
        ? [`${here} -F`]
        : [`${here} -f${typeof argument === 'string' ? '' : ` -a ${quoted(argument.join(' '))}`}`];
  return [...words, ...options.map((option) => optionLine(path, option))];
};

export const fishCompletion = (verbs: readonly CompletedVerb[]): string[] => [
  '# kontakt for fish: kontakt completion fish | source',
  'function __kontakt_at',
  "  set -l at ''",
  '  for word in (commandline -opc)[2..-1]',
  '    switch "$at $word"',
  `      case ${verbs.flatMap(({ path, verbs: inner }) => inner.map(({ name }) => quoted(`${path} ${name}`))).join(' ')}`,
  '        set at (string trim "$at $word")',
  '    end',
  '  end',
  '  test "$at" = "$argv[1]"',
  'end',
  'function __kontakt_clients',
  '  set -l folder .kontakt/pki',
  '  set -q KONTAKT_DATA; and set folder $KONTAKT_DATA/pki',
  '  set -q KONTAKT_PKI; and set folder $KONTAKT_PKI',
  '  for file in $folder/clients/*.pem',
  '    basename $file .pem',
  '  end',
  'end',
  ...verbs.flatMap(linesOf),
];
