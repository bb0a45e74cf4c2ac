// The journal watches every boundary of an exchange and keeps the last ones in memory; it is never in the way.

import { randomBytes } from 'node:crypto';
import type { Judgement } from '../kernel/judgement.ts';
import { type Explanation, isProblem, type Problem, type Warning } from '../kernel/problem.ts';

/** What came and what went, as bytes. */
export interface JournalMessage {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** What is known when an exchange begins. */
export interface Begun {
  readonly method: string;
  readonly path: string;
  readonly remote: string;
  readonly request: JournalMessage;
  readonly service?: string | undefined;
  /** The profile's name. */
  readonly profile?: string | undefined;
  readonly operation?: string | undefined;
  readonly judged?: Judgement | undefined;
}

/** Who called: the organisation of a certificate and its subject. */
export interface Caller {
  readonly organisation?: string | undefined;
  readonly subject?: string | undefined;
}

/** What becomes known on the way. */
export interface Sighting {
  readonly operation?: string | undefined;
  /** The code on the wire: `OK`, `FEILET ALLEREDE_AKTIV`. */
  readonly result?: string | undefined;
  /** Are added to those that were seen before. */
  readonly warnings?: readonly Warning[] | undefined;
}

/**
 * One exchange, closed and frozen: it has the members named here and no others. Times in milliseconds; `at` since 1970, the
 * stages from the stage before.
 */
export interface JournalEntry extends Begun, Sighting, Caller {
  readonly id: string;
  readonly at: number;
  /** True where nothing vouches for who called: the message says so of itself. */
  readonly claimed?: true;
  /** The problem's code, where the message was refused by a fault or by HTTP. */
  readonly problem?: string;
  readonly explanation?: Explanation;
  readonly warnings: readonly Warning[];
  readonly httpStatus: number;
  readonly duration: number;
  readonly stages: Readonly<Record<string, number>>;
  readonly response: JournalMessage;
}

/** The pen for one exchange. */
export interface Trace {
  readonly id: string;
  readonly operation: string | undefined;
  readonly warnings: readonly Warning[];
  /** A stage was passed, or ended in a problem. */
  reached(stage: string): void;
  saw(sighting: Sighting): void;
  /** Who called, as something vouches for. */
  called(caller: Caller): void;
  /** Who called by their own account; asked for where nothing is known of it yet. */
  claimed(tell: () => Caller): void;
  /** A problem or a refusal, with its explanation. */
  refused(problem: Problem | Explanation): void;
  finished(status: number, response: JournalMessage): void;
}

type Listener = (entry: JournalEntry) => void;

export interface Journal {
  begin(exchange: Begun): Trace;
  /** Newest first. */
  list(): readonly JournalEntry[];
  find(id: string): JournalEntry | undefined;
  /** Tells of every exchange when it is over, in the order of their ends; returns what ends that. */
  subscribe(listener: Listener): () => void;
  clear(): void;
}

const LONGEST_TEXT = 600;
const cut = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);

/** What was expected and found may repeat parts of the message; a long one is not kept twice. */
const clip = (explanation: Explanation): Explanation =>
  Object.freeze({
    ...explanation,
    check: cut(explanation.check),
    expected: cut(explanation.expected),
    found: cut(explanation.found),
  });

const MAX_ENTRIES = 1000;
/** All messages together, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;

const sizeOf = ({ request, response }: JournalEntry): number => request.body.length + response.body.length;

/** The named members that are known, and nothing else that an object may carry along. */
const seenIn = ({ operation, result }: Sighting) => ({
  ...(operation === undefined ? {} : { operation }),
  ...(result === undefined ? {} : { result }),
});
const callerIn = ({ organisation, subject }: Caller) => ({
  ...(organisation === undefined ? {} : { organisation }),
  ...(subject === undefined ? {} : { subject }),
});

/**
 * @param now the security hand of the clock, for the entries' time
 * @param onFailure told what a listener threw, which is nobody else's matter
 * @param elapsed a monotonic clock in milliseconds, for durations
 */
export const createJournal = (
  now: () => number,
  onFailure: (error: unknown) => void,
  elapsed: () => number = () => performance.now(),
): Journal => {
  // A Map keeps the order of insertion: the first is the oldest.
  const entries = new Map<string, JournalEntry>();
  const listeners = new Set<Listener>();
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
  const keep = (entry: JournalEntry): void => {
    entries.set(entry.id, entry);
    bytes += sizeOf(entry);
    forgetOldest();
    for (const listener of listeners) {
      try {
        listener(entry);
      } catch (error) {
        onFailure(error);
      }
    }
  };

  const begin = ({ method, path, remote, request, service, profile, operation, judged }: Begun): Trace => {
    count += 1;
    const id = `${session}-${count}`;
    const at = now();
    const start = elapsed();
    let before = start;
    const stages: Record<string, number> = {};
    let seen: Omit<Sighting, 'warnings'> = seenIn({ operation });
    let caller: (Caller & { readonly claimed?: true }) | undefined;
    let warnings: readonly Warning[] = [];
    let refusal: Pick<JournalEntry, 'problem' | 'explanation'> = {};
    return {
      id,
      get operation() {
        return seen.operation;
      },
      get warnings() {
        return warnings;
      },
      reached: (stage) => {
        const time = elapsed();
        stages[stage] = time - before;
        before = time;
      },
      saw: (sighting) => {
        seen = { ...seen, ...seenIn(sighting) };
        const more = sighting.warnings ?? [];
        if (more.length > 0)
          warnings = [...warnings, ...more.map(({ problem, explanation }) => ({ problem, explanation }))];
      },
      called: (by) => {
        caller = callerIn(by);
      },
      claimed: (tell) => {
        if (caller) return;
        const claim = callerIn(tell());
        if (Object.keys(claim).length > 0) caller = { ...claim, claimed: true };
      },
      refused: (problem) => {
        refusal = isProblem(problem)
          ? { problem: problem.problem, explanation: clip(problem.explanation) }
          : { ...refusal, explanation: clip(problem) };
      },
      finished: (httpStatus, response) => {
        const entry: JournalEntry = {
          id,
          at,
          method,
          path,
          remote,
          service,
          profile,
          judged,
          ...seen,
          ...caller,
          ...refusal,
          warnings: Object.freeze(warnings),
          httpStatus,
          duration: elapsed() - start,
          stages: Object.freeze(stages),
          request,
          response,
        };
        keep(Object.freeze(entry));
      },
    };
  };

  return {
    begin,
    list: () => [...entries.values()].reverse(),
    find: (id) => entries.get(id),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear: () => {
      entries.clear();
      bytes = 0;
    },
  };
};
