// An exchange in the log: one line, and under it why it was refused, what to do, and what was let pass.

import { commonNameIn, withCommonName } from '../kernel/common-name.ts';
import type { LogEvent, Tone } from '../kernel/log-event.ts';
import type { Explanation, Warning } from '../kernel/problem.ts';
import { inColumns, WIDTH } from '../kernel/terminal.ts';
import type { JournalEntry } from './entry.ts';
import { maskText } from './mask.ts';

/** Of an exchange, what is told of it; as the control interface shows it, too. */
export type Told = Omit<JournalEntry, 'at' | 'request' | 'response' | 'judged'>;

/** Beside the time and the mark. */
const COLUMNS = WIDTH - 11;
const LONGEST_CALLER = 36;

/** How an exchange ended. A refusal that was decided is a correct answer, whatever form the contract gives it. */
const toneOf = ({ problem, explanation, stages }: Told): Tone => {
  if (!explanation) return 'good';
  return problem === undefined || 'decide' in stages ? 'refused' : 'fault';
};

/** Who called in a few words: the client's name, else that in its certificate, and the organisation. */
const callerOf = ({ name, organisation, subject = '', claimed, service, remote }: Told): string => {
  const known = [name ?? commonNameIn(subject), organisation].filter((part) => part !== undefined);
  // What reached no service has an address at least.
  if (known.length === 0) return service === undefined ? remote : 'nobody named';
  return maskText(known.join(' ')) + (claimed ? ' (claimed)' : '');
};

/** The code that went out: of the answer, of the fault, or the HTTP status, if any, with what it was for. */
const outcomeOf = ({ problem, fault, result, httpStatus }: Told): string =>
  problem === undefined ? (result ?? String(httpStatus)) : `${httpStatus || '-'} ${fault ?? problem}`;

const durationOf = ({ duration }: Told): string =>
  `${duration < 10 ? duration.toFixed(1) : duration.toFixed(0)} ms`;

const inWords = ({ check, expected, found }: Explanation): string =>
  maskText(`${check}: expected ${expected}; found ${found}`);

const detailsOf = (
  { number, explanation, warnings }: Told,
  tone: Tone,
  link: string | undefined,
): [label: string, text: string][] => [
  ...(explanation
    ? ([
        ['check', maskText(withCommonName(explanation.check))],
        ['expected', maskText(explanation.expected)],
        ['found', maskText(explanation.found)],
        ['fix', maskText(explanation.remedy)],
      ] satisfies [string, string][])
    : []),
  ...warnings.map((warning): [string, string] => ['warning', inWords(warning.explanation)]),
  ...(tone === 'fault' ? ([['more', `kontakt journal ${number}`]] satisfies [string, string][]) : []),
  ...(link === undefined ? [] : ([['console', link]] satisfies [string, string][])),
];

const dataOf = (entry: Told, warnings: readonly Warning[], link: string | undefined) => {
  const { id, number, service, operation, organisation, subject, claimed, result, problem } = entry;
  return {
    journal: id,
    number,
    service,
    operation,
    organisation,
    subject: subject && maskText(subject),
    claimed,
    result,
    problem,
    status: entry.httpStatus,
    duration: entry.duration,
    ...(link === undefined ? {} : { console: link }),
    ...(warnings.length > 0
      ? { warnings: warnings.map(({ problem: code, explanation }) => `${code}: ${inWords(explanation)}`) }
      : {}),
  };
};

/** The address of an exchange in the console that is at this address. */
export const exchangeLink = (url: string, number: number): string => `${url}/#/exchange/${number}`;

/**
 * The log event of an exchange; person numbers masked.
 *
 * @param console where the console is; a refusal has its link there. Undefined: there is none
 */
export const exchangeEvent = (entry: Told, console?: string): LogEvent => {
  const { number, operation, service, method, path } = entry;
  const tone = toneOf(entry);
  const link = console === undefined || tone === 'good' ? undefined : exchangeLink(console, number);
  const called = operation ?? (service === undefined ? '' : `${service} `) + maskText(`${method} ${path}`);
  const end = `${outcomeOf(entry)}  ${durationOf(entry)}  #${number}`;
  // The end matters most: what is called gives way, then who calls.
  const who = inColumns(callerOf(entry), LONGEST_CALLER);
  return {
    message: `${inColumns(called, COLUMNS - who.length - end.length - 4)}  ${who}  ${end}`,
    tone,
    details: detailsOf(entry, tone, link),
    data: dataOf(entry, entry.warnings, link),
  };
};
