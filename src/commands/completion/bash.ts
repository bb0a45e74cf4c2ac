// The completion for bash, and with other words for zsh: a function that finds the verb, then its words.

import type { CompletedVerb, Values } from './words.ts';

/** How a shell says what the script needs. */
interface Dialect {
  /** The words of the line, and which of them is being written. */
  readonly word: (index: string) => string;
  readonly first: number;
  readonly current: string;
  /** Offers words, which the shell's code in `words` yields. */
  readonly offer: (words: string) => string;
  readonly files: string;
}

const bash: Dialect = {
  word: (index) => `"\${COMP_WORDS[${index}]}"`,
  first: 1,
  current: 'COMP_CWORD',
  offer: (words) => `COMPREPLY=($(compgen -W "${words}" -- "\${COMP_WORDS[COMP_CWORD]}"))`,
  // The shell knows best how names of files are written.
  files: 'compopt -o default',
};

const zsh: Dialect = {
  word: (index) => `"\${words[${index}]}"`,
  first: 2,
  current: 'CURRENT',
  offer: (words) => `compadd -- \${=:-${words}}`,
  files: '_files',
};

const offerOf = ({ offer, files }: Dialect, values: Values): string => {
  if (values === 'files') return files;
  if (values === 'clients') return offer('$(_kontakt_clients)');
  return values === 'anything' ? ':' : offer(values.join(' '));
};

const script = (verbs: readonly CompletedVerb[], dialect: Dialect): string[] => {
  const { word, first, current, offer } = dialect;
  const known = verbs.flatMap(({ path, verbs: inner }) => inner.map(({ name }) => `'${path} ${name}'`));
  const values = verbs.flatMap(({ path, options }) =>
    options.flatMap(({ flags, values: taken }) =>
      taken === undefined
        ? []
        : [
            `    ${flags.map((flag) => `'${path} ${flag}'`).join('|')}) ${offerOf(dialect, taken)}; return ;;`,
          ],
    ),
  );
  const flagsOf = verbs.map(
    ({ path, options }) => `      '${path}') ${offer(options.flatMap(({ flags }) => flags).join(' '))} ;;`,
  );
  const words = verbs.map(({ path, verbs: inner, argument }) => {
    const offered = inner.length > 0 ? inner.map(({ name }) => name) : argument;
    return `    '${path}') ${offerOf(dialect, offered)} ;;`;
  });
  return [
    '_kontakt_clients() {',
    '  local file',
    `  for file in "\${KONTAKT_PKI:-\${KONTAKT_DATA:-.kontakt}/pki}"/clients/*.pem; do`,
    `    [ -e "$file" ] && basename "$file" .pem`,
    '  done',
    '}',
    '_kontakt() {',
    "  local at='' i",
    `  for ((i = ${first}; i < ${current}; i++)); do`,
    `    case "$at "${word('i')} in`,
    `      ${known.join('|')}) at="\${at:+$at }"${word('i')} ;;`,
    '    esac',
    '  done',
    `  case "$at "${word(`${current} - 1`)} in`,
    ...values,
    '  esac',
    `  case ${word(current)} in`,
    '    -*)',
    '      case "$at" in',
    ...flagsOf,
    '      esac',
    '      return ;;',
    '  esac',
    '  case "$at" in',
    ...words,
    '  esac',
    '}',
  ];
};

export const bashCompletion = (verbs: readonly CompletedVerb[]): string[] => [
  '# kontakt for bash: eval "$(kontakt completion bash)"',
  ...script(verbs, bash),
  'complete -F _kontakt kontakt',
];

export const zshCompletion = (verbs: readonly CompletedVerb[]): string[] => [
  '#compdef kontakt',
  '# kontakt for zsh, after compinit: eval "$(kontakt completion zsh)"',
  ...script(verbs, zsh),
  'compdef _kontakt kontakt',
];
