// kontakt call: one request as a client would send it, the answer, and what the journal says of it.

import { callable, isAccepted, prepareCall } from '../../client/calls/calls.ts';
import { knownServices } from '../../client/calls/known.ts';
import type { CallOptions } from '../../client/calls/target.ts';
import { mistakes, type Way } from '../../client/mistakes.ts';
import { isProblem } from '../../kernel/problem.ts';
import { inLines, WIDTH } from '../../kernel/terminal.ts';
import { print, printJson, printNote, printOctets } from '../print.ts';
import { enteredAt, lineOfWarning, show, showExplanation } from '../show.ts';

/** What is printed of a call. */
export interface CallPrinting {
  readonly print?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** @returns the exit code: 0 for OK and JA, 1 for a refusal, a fault, or an answer that does not verify */
export const call = async (target: string, options: CallOptions & CallPrinting): Promise<number> => {
  const { addressee, print: printed, dryRun, json, mistakes: wrong = [] } = options;
  const out = (lines: readonly string[]): void => {
    if (!json) print(lines);
  };
  // All of it is in the JSON already.
  const note = (lines: readonly string[]): void => {
    if (!json) printNote(lines);
  };
  const prepared = await prepareCall(target, options);
  const { title, values, request } = prepared;
  if (dryRun && json) {
    printJson({ title, values, request });
    return 0;
  }
  const fields = Object.entries(values).map(([name, value]) => ({ name, value }));
  note(show(`→ ${title}${wrong.length > 0 ? `, on purpose: ${wrong.join(', ')}` : ''}`, fields));
  if ((printed && !json) || dryRun) printOctets(dryRun ? request : `${request}\n`);
  if (dryRun) return 0;

  const start = performance.now();
  const received = await prepared.send();
  const { status, headers, body, answer, protection } = received;
  const took = (performance.now() - start).toFixed(0);
  const journal = headers['kontakt-journal'];
  const warnings = headers['kontakt-warnings'];
  if (printed && !json) printOctets(`${body}\n`);

  const { explanation, warnings: told = [], link } = await enteredAt(addressee.url, journal);
  if (json) printJson({ status, journal, link, warnings, answer, explanation });
  if (isProblem(answer)) {
    out([`← HTTP ${status} in ${took} ms: the answer cannot be believed (${answer.problem})`]);
    out(showExplanation(answer.explanation));
    return 1;
  }
  out(show(`← HTTP ${status} in ${took} ms, ${protection}`, answer.fields));
  if (explanation) out(showExplanation(explanation));
  if (warnings) note([`warnings: ${warnings}`, ...told.map(lineOfWarning)]);
  if (journal) note([`more: kontakt journal ${journal}${link ? `  (${link})` : ''}`]);
  return isAccepted(received) ? 0 : 1;
};

/** Prints what can be called: services, and under each its operations in one line each. */
export const callList = ({ json }: { json?: boolean }): void => {
  if (json) printJson(callable());
  else print(callLines());
};

/** What a mistake can be made in. */
const WAYS: Readonly<Record<Way, string>> = {
  signed: 'signed SOAP',
  tls: 'SOAP over mutual TLS',
  rest: 'REST over mutual TLS',
  token: 'REST with a token',
};

/** What can be called, in lines. */
export const callLines = (): string[] => [
  ...knownServices.flatMap(({ name, title, operations }) => [
    `${title}`,
    ...operations.flatMap((operation) => [
      `  ${name}.${operation.name}`,
      ...(operation.call === undefined ? [] : [`  or: ${name} ${operation.call}`]),
      ...inLines(operation.summary, WIDTH - 6).map((line) => `      ${line}`),
    ]),
    '',
  ]),
  'Mistakes on purpose, with --mistake <name>',
  ...mistakes.flatMap(({ name, does, ways }) => [
    `  ${name}`,
    ...inLines(`${does} (${ways.map((way) => WAYS[way]).join(', ')})`, WIDTH - 6).map(
      (line) => `      ${line}`,
    ),
  ]),
  '',
  'kontakt contract tells their fields, codes and rules.',
];
