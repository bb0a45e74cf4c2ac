// An exchange in the log: one line, and under it what was let pass, why it was refused, and what to do.

import type { LogEvent } from '../kernel/log.ts';
import type { Explanation } from '../kernel/problem.ts';
import type { JournalEntry } from './journal.ts';
import { maskText } from './mask.ts';

const reasonIn = ({ check, expected, found }: Explanation): string =>
  maskText(`${check}: expected ${expected}; found ${found}`);

/** Who called; in words that nothing vouches for it, where nothing does. */
const callerOf = ({ organisation, subject, claimed }: JournalEntry): string => {
  const name = organisation ?? subject;
  if (name === undefined) return '-';
  return claimed ? `${maskText(name)} (claimed)` : name;
};

/** The log event of an exchange; person numbers masked. */
export const exchangeEvent = (entry: JournalEntry): LogEvent => {
  const { id, service, operation, organisation, subject, claimed, result, problem, explanation } = entry;
  const { warnings, httpStatus, duration } = entry;
  const outcome = problem ? `${httpStatus} ${problem}` : (result ?? String(httpStatus));
  const called = operation ?? service ?? maskText(entry.path);
  return {
    message: `${called} ${callerOf(entry)} ${outcome} ${duration.toFixed(1)} ms ${id}`,
    lines: [
      ...(explanation ? [reasonIn(explanation), `remedy: ${maskText(explanation.remedy)}`] : []),
      ...warnings.map((warning) => `warning: ${reasonIn(warning.explanation)}`),
    ],
    data: {
      journal: id,
      service,
      operation,
      organisation,
      subject: subject && maskText(subject),
      claimed,
      result,
      problem,
      status: httpStatus,
      duration,
      ...(warnings.length > 0
        ? { warnings: warnings.map((warning) => `${warning.problem}: ${reasonIn(warning.explanation)}`) }
        : {}),
    },
  };
};
