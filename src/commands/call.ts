// kontakt call: one request as a client would send it, the answer, and what the journal says of it.

import { isAccepted, prepareCall } from '../client/calls/calls.ts';
import type { CallOptions } from '../client/calls/target.ts';
import { isProblem } from '../kernel/problem.ts';
import { print, printJson, printOctets } from './print.ts';
import { explanationOf, show, showExplanation } from './show.ts';

/** What is printed of a call. */
export interface CallPrinting {
  readonly print?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** @returns the exit code: 0 for OK and JA, 1 for a refusal, a fault, or an answer that does not verify */
export const call = async (target: string, options: CallOptions & CallPrinting): Promise<number> => {
  const { addressee, print: printed, dryRun, json } = options;
  const out = (lines: readonly string[]): void => {
    if (!json) print(lines);
  };
  const outOctets = (octets: string): void => {
    if (!json && (printed || dryRun)) printOctets(`${octets}\n`);
  };
  const prepared = await prepareCall(target, options);
  out(
    show(
      `→ ${prepared.title}`,
      Object.entries(prepared.values).map(([name, value]) => ({ name, value })),
    ),
  );
  outOctets(prepared.request);
  if (dryRun) return 0;

  const start = performance.now();
  const received = await prepared.send();
  const { status, headers, body, answer, protection } = received;
  const took = (performance.now() - start).toFixed(0);
  const journal = headers['kontakt-journal'];
  const warnings = headers['kontakt-warnings'];
  outOctets(body);

  const explanation = await explanationOf(addressee.url, journal);
  if (json) printJson({ status, journal, warnings, answer, explanation });
  if (isProblem(answer)) {
    out([`← HTTP ${status} in ${took} ms: the answer cannot be believed (${answer.problem})`]);
    out(showExplanation(answer.explanation));
    return 1;
  }
  out(show(`← HTTP ${status} in ${took} ms, ${protection}`, answer.fields));
  if (explanation) out(showExplanation(explanation));
  if (warnings) out([`warnings: ${warnings} (the profile strict would have refused; see the journal)`]);
  if (journal) out([`journal: ${addressee.url}/_emulator/journal/${journal}`]);
  return isAccepted(received) ? 0 : 1;
};
