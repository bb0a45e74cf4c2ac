// The journal watches every boundary of an exchange and keeps the last ones in memory; it is never in the way.

import { randomBytes } from 'node:crypto';
import { type Explanation, isProblem, type Problem } from '../kernel/problem.ts';

/** What came and what went, as bytes. */
export interface JournalMessage {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** One exchange. Times in milliseconds; `at` since 1970, the stages from the stage before. */
export interface JournalEntry {
  readonly id: string;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly remote: string;
  service?: string;
  profile?: string;
  operation?: string;
  /** The organisation of the signing certificate, and its subject. */
  organisation?: string;
  subject?: string;
  /** The code on the wire: `OK`, `FEILET ALLEREDE_AKTIV`. */
  result?: string;
  /** The problem's code, where the message was refused by a fault or by HTTP. */
  problem?: string;
  explanation?: Explanation;
  warnings: readonly { readonly problem: string; readonly explanation: Explanation }[];
  httpStatus?: number;
  duration?: number;
  readonly stages: Record<string, number>;
  readonly request: JournalMessage;
  response?: JournalMessage;
}

/** The pen for one exchange. */
export interface Trace {
  readonly id: string;
  readonly entry: JournalEntry;
  /** A stage was passed, or ended in a problem. */
  reached(stage: string): void;
  /** A problem or a refusal, with its explanation. */
  refused(problem: Problem | Explanation): void;
  finished(status: number, response: JournalMessage): void;
}

export interface Journal {
  begin(exchange: Pick<JournalEntry, 'method' | 'path' | 'remote' | 'request'>): Trace;
  /** Newest first. */
  list(): readonly JournalEntry[];
  find(id: string): JournalEntry | undefined;
  clear(): void;
}

const LONGEST_TEXT = 600;
const cut = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);

/** What was expected and found may repeat parts of the message; a long one is not kept twice. */
const clip = (explanation: Explanation): Explanation => ({
  ...explanation,
  check: cut(explanation.check),
  expected: cut(explanation.expected),
  found: cut(explanation.found),
});

const MAX_ENTRIES = 1000;
/** All messages together, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

const sizeOf = ({ request, response }: JournalEntry): number =>
  request.body.length + (response?.body.length ?? 0);

/**
 * @param now the security hand of the clock, for the entries' time
 * @param elapsed a monotonic clock in milliseconds, for durations
 */
export const createJournal = (
  now: () => number,
  elapsed: () => number = () => performance.now(),
): Journal => {
  // A Map keeps the order of insertion: the first is the oldest.
  const entries = new Map<string, JournalEntry>();
  // Ids stay unique over restarts, so that an old one in a log never shows a new exchange.
  const session = randomBytes(4).toString('hex');
  let bytes = 0;
  let count = 0;
  const forgetOldest = (): void => {
    for (const [id, entry] of entries) {
      if (entries.size <= MAX_ENTRIES && bytes <= MAX_BYTES) return;
      entries.delete(id);
      bytes -= sizeOf(entry);
    }
  };
  return {
    begin: (exchange) => {
      count += 1;
      const start = elapsed();
      let before = start;
      const entry: JournalEntry = {
        id: `${session}-${count}`,
        at: now(),
        ...exchange,
        warnings: [],
        stages: {},
      };
      return {
        id: entry.id,
        entry,
        reached: (stage) => {
          const time = elapsed();
          entry.stages[stage] = time - before;
          before = time;
        },
        refused: (problem) => {
          if (isProblem(problem)) entry.problem = problem.problem;
          entry.explanation = clip(isProblem(problem) ? problem.explanation : problem);
        },
        finished: (status, response) => {
          entry.httpStatus = status;
          entry.response = response;
          entry.duration = elapsed() - start;
          entries.set(entry.id, entry);
          bytes += sizeOf(entry);
          forgetOldest();
        },
      };
    },
    list: () => [...entries.values()].reverse(),
    find: (id) => entries.get(id),
    clear: () => {
      entries.clear();
      bytes = 0;
    },
  };
};
