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

/** Who called: the organisation of a certificate, its subject, and the SHA-256 fingerprint that tells it from others. */
export interface Caller {
  readonly organisation?: string | undefined;
  readonly subject?: string | undefined;
  readonly fingerprint?: string | undefined;
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
  /** Runs on after a restart. */
  readonly number: number;
  readonly at: number;
  /** What the emulator calls the certificate's holder: the name of a client of its PKI. */
  readonly name?: string | undefined;
  /** True where nothing vouches for who called: the message says so of itself. */
  readonly claimed?: true;
  /** The problem's code, where the message was refused by a fault or by HTTP, and the code on the wire. */
  readonly problem?: string;
  readonly fault?: string;
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
  readonly number: number;
  readonly operation: string | undefined;
  readonly warnings: readonly Warning[];
  /** A stage was passed, or ended in a problem. */
  reached(stage: string): void;
  saw(sighting: Sighting): void;
  /** Who called, as something vouches for. */
  called(caller: Caller): void;
  /** Who called by their own account; asked for where nothing is known of it yet. */
  claimed(tell: () => Caller): void;
  /** A problem with its code on the wire, or a refusal that is the answer. */
  refused(problem: Problem | Explanation, fault?: string): void;
  finished(status: number, response: JournalMessage): void;
}

type Listener = (entry: JournalEntry) => void;

export interface Journal {
  begin(exchange: Begun): Trace;
  /** Newest first. */
  list(): readonly JournalEntry[];
  /** By id, or by number. */
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
const callerIn = ({ organisation, subject, fingerprint }: Caller) => ({
  ...(organisation === undefined ? {} : { organisation }),
  ...(subject === undefined ? {} : { subject }),
  ...(fingerprint === undefined ? {} : { fingerprint }),
});

/** What a journal is made of. */
export interface JournalParts {
  /** The security hand of the clock, for the entries' time. */
  readonly now: () => number;
  /** The next number of an exchange. */
  readonly number: () => number;
  /** The name of the client with a certificate of this fingerprint. */
  readonly nameOf?: (fingerprint: string) => string | undefined;
  /** Told what a listener threw, which is nobody else's matter. */
  readonly onFailure: (error: unknown) => void;
  /** A monotonic clock in milliseconds, for durations. */
  readonly elapsed?: () => number;
}

export const createJournal = ({
  now,
  number: nextNumber,
  nameOf = () => undefined,
  onFailure,
  elapsed = () => performance.now(),
}: JournalParts): Journal => {
  // A Map keeps the order of insertion: the first is the oldest.
  const entries = new Map<string, JournalEntry>();
  const listeners = new Set<Listener>();
  // Ids stay unique over restarts, so that an old one in a log never shows a new exchange.
  const session = randomBytes(4).toString('hex');
  let bytes = 0;
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
    const number = nextNumber();
    const id = `${session}-${number}`;
    const at = now();
    const start = elapsed();
    let before = start;
    const stages: Record<string, number> = {};
    let seen: Omit<Sighting, 'warnings'> = seenIn({ operation });
    let caller: (Caller & { readonly claimed?: true }) | undefined;
    let warnings: readonly Warning[] = [];
    let refusal: Pick<JournalEntry, 'problem' | 'explanation' | 'fault'> = {};
    return {
      id,
      number,
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
      refused: (problem, fault) => {
        refusal = isProblem(problem)
          ? {
              problem: problem.problem,
              explanation: clip(problem.explanation),
              ...(fault === undefined ? {} : { fault }),
            }
          : { explanation: clip(problem) };
      },
      finished: (httpStatus, response) => {
        const name = caller?.fingerprint && nameOf(caller.fingerprint);
        const entry: JournalEntry = {
          id,
          number,
          at,
          method,
          path,
          remote,
          service,
          profile,
          judged,
          ...seen,
          ...caller,
          ...(name ? { name } : {}),
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
    find: (id) => entries.get(/^\d+$/.test(id) ? `${session}-${id}` : id),
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
