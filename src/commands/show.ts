// How the command line shows a call: labelled values, and why something was refused.

import { askEmulator } from '../client/remote.ts';
import type { Explanation } from '../kernel/problem.ts';

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

/** What the journal says of an exchange; undefined where it cannot be asked. */
export const explanationOf = async (
  url: string,
  journal: string | undefined,
): Promise<Explanation | undefined> => {
  if (!journal) return undefined;
  try {
    return ((await askEmulator(url, 'GET', `/journal/${journal}`)) as { explanation?: Explanation })
      .explanation;
  } catch {
    // Another server, or a control interface that is closed to us: the answer itself is what counts.
    return undefined;
  }
};
