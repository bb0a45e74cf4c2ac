// An exchange in the log: one line, and under a refusal why and what to do.

import { maskPerson } from '../identifiers/personidentifikator.ts';
import type { LogEvent } from '../kernel/log.ts';
import type { JournalEntry } from './journal.ts';

/** The log event of an exchange; person numbers masked. */
export const exchangeEvent = (entry: JournalEntry): LogEvent => {
  const {
    id,
    service,
    operation,
    organisation,
    result,
    problem,
    explanation,
    warnings,
    httpStatus,
    duration,
  } = entry;
  const outcome = problem ? `${httpStatus} ${problem}` : (result ?? String(httpStatus));
  const warned = warnings.length > 0 ? ` (${warnings.length} warnings)` : '';
  return {
    message: `${operation ?? service ?? entry.path} ${organisation ?? '-'} ${outcome}${warned} ${(duration ?? 0).toFixed(1)} ms ${id}`,
    lines: explanation
      ? [
          maskPerson(`${explanation.check}: expected ${explanation.expected}; found ${explanation.found}`),
          `remedy: ${explanation.remedy}`,
        ]
      : [],
    data: { journal: id, service, operation, organisation, result, problem, status: httpStatus, duration },
  };
};
