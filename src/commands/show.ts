// How the command line shows a call: labelled values, and why something was refused.

import { askEmulator } from '../client/remote.ts';
import { exchangeLink } from '../journal/line.ts';
import { type Explanation, meaningOf } from '../kernel/problem.ts';

const LABEL = 30;

/** A label with its values below it. */
export const show = (label: string, values: readonly { name: string; value: string }[]): string[] => {
  const width = Math.max(LABEL, ...values.map(({ name }) => name.length));
  return [label, ...values.map(({ name, value }) => `    ${name.padEnd(width)} ${value}`)];
};

export const showExplanation = ({ check, expected, found, rule, remedy, basis }: Explanation): string[] =>
  show('why', [
    { name: 'check', value: check },
    { name: 'expected', value: expected },
    { name: 'found', value: found },
    { name: 'rule', value: `${rule} (${basis})` },
    { name: 'remedy', value: remedy },
  ]);

interface ToldWarning {
  readonly problem: string;
  readonly explanation: Pick<Explanation, 'check' | 'found'>;
}

/** What was let pass, in a line. */
export const lineOfWarning = ({ problem, explanation: { check, found } }: ToldWarning): string =>
  `  ${meaningOf(problem)} (${problem}): ${check}, ${found}`;

/** What the journal says of an exchange. */
interface Entered {
  readonly explanation?: Explanation | undefined;
  readonly warnings?: readonly ToldWarning[];
  /** Where a person can look at it: in the console, or as JSON where there is none. */
  readonly link?: string;
}

/** What the journal says of an exchange; nothing where it cannot be asked. */
export const enteredAt = async (url: string, journal: string | undefined): Promise<Entered> => {
  if (!journal) return {};
  try {
    const [entry, info] = (await Promise.all([
      askEmulator(url, 'GET', `/journal/${journal}`),
      askEmulator(url, 'GET', '/info'),
    ])) as [
      {
        readonly number: number;
        readonly explanation?: Explanation;
        readonly warnings: readonly ToldWarning[];
      },
      { readonly configuration: { readonly console: boolean } },
    ];
    const { number, explanation, warnings } = entry;
    const link = info.configuration.console
      ? exchangeLink(url, number)
      : `${url}/_emulator/journal/${number}`;
    return { explanation, warnings, link };
  } catch {
    // Another server, or a control interface that is closed to us: the answer itself is what counts.
    return {};
  }
};
