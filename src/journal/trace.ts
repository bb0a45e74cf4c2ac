// The pen for one exchange: what becomes known on its way, until it is an entry of the journal.

import type { Grounds } from '../kernel/grounds.ts';
import { type Explanation, isProblem, type Problem, type Warning } from '../kernel/problem.ts';
import type { Begun, Caller, JournalEntry, JournalMessage, Sighting } from './entry.ts';

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

const MOST_GROUNDS = 12;
/** So much of what a decision went by as an entry may hold. */
const bounded = ({ code, at, person, parts }: Grounds): Grounds =>
  Object.freeze({
    code,
    at,
    ...(person === undefined ? {} : { person: cut(person) }),
    parts: parts.slice(0, MOST_GROUNDS).map(({ part, of, is, by }) => ({
      part,
      ...(of === undefined ? {} : { of: cut(of) }),
      is: cut(is),
      ...(by ? { by } : {}),
    })),
  });

/** The named members that are known, and nothing else that an object may carry along. */
const seenIn = ({ operation, result, grounds }: Sighting) => ({
  ...(operation === undefined ? {} : { operation }),
  ...(result === undefined ? {} : { result }),
  ...(grounds === undefined ? {} : { grounds: bounded(grounds) }),
});
const callerIn = ({ organisation, subject, fingerprint }: Caller) => ({
  ...(organisation === undefined ? {} : { organisation }),
  ...(subject === undefined ? {} : { subject }),
  ...(fingerprint === undefined ? {} : { fingerprint }),
});

/** What becomes known between the beginning of an exchange and its end. */
interface Known {
  seen: Omit<Sighting, 'warnings'>;
  caller: (Caller & { readonly claimed?: true }) | undefined;
  warnings: readonly Warning[];
  refusal: Pick<JournalEntry, 'problem' | 'explanation' | 'fault'>;
}

const refusalOf = (problem: Problem | Explanation, fault: string | undefined): Known['refusal'] =>
  isProblem(problem)
    ? {
        problem: problem.problem,
        explanation: clip(problem.explanation),
        ...(fault === undefined ? {} : { fault }),
      }
    : { explanation: clip(problem) };

/** What an exchange is written down by. */
export interface TraceParts {
  readonly id: string;
  readonly number: number;
  /** The time of its beginning, in milliseconds since 1970. */
  readonly at: number;
  /** A monotonic clock in milliseconds. */
  readonly elapsed: () => number;
  /** The name of the client with a certificate of this fingerprint. */
  readonly nameOf: (fingerprint: string) => string | undefined;
  /** Takes the frozen entry when the exchange is over. */
  readonly keep: (entry: JournalEntry) => void;
}

/** To the microsecond: more is not meant, and takes room wherever it is written. */
const round = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

/** How long each stage took: the time since the stage before. */
const createStages = (elapsed: () => number, start: number) => {
  const stages: Record<string, number> = {};
  let before = start;
  const reached = (stage: string): void => {
    const time = elapsed();
    stages[stage] = round(time - before);
    before = time;
  };
  return { stages, reached };
};

/** Begins an exchange. */
export const createTrace = (
  { operation, ...begun }: Begun,
  { id, number, at, elapsed, nameOf, keep }: TraceParts,
): Trace => {
  const { method, path, remote, request, service, profile, judged } = begun;
  const start = elapsed();
  const { stages, reached } = createStages(elapsed, start);
  const known: Known = { seen: seenIn({ operation }), caller: undefined, warnings: [], refusal: {} };
  const entry = (httpStatus: number, response: JournalMessage): JournalEntry => {
    const { seen, caller, warnings, refusal } = known;
    const name = caller?.fingerprint && nameOf(caller.fingerprint);
    return {
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
      duration: round(elapsed() - start),
      stages: Object.freeze(stages),
      request,
      response,
    };
  };
  return {
    id,
    number,
    get operation() {
      return known.seen.operation;
    },
    get warnings() {
      return known.warnings;
    },
    reached,
    saw: (sighting) => {
      known.seen = { ...known.seen, ...seenIn(sighting) };
      const more = sighting.warnings ?? [];
      if (more.length === 0) return;
      known.warnings = [
        ...known.warnings,
        ...more.map(({ problem, explanation }) => ({ problem, explanation })),
      ];
    },
    called: (by) => {
      known.caller = callerIn(by);
    },
    claimed: (tell) => {
      if (known.caller) return;
      const claim = callerIn(tell());
      if (Object.keys(claim).length > 0) known.caller = { ...claim, claimed: true };
    },
    refused: (problem, fault) => {
      known.refusal = refusalOf(problem, fault);
    },
    finished: (httpStatus, response) => keep(Object.freeze(entry(httpStatus, response))),
  };
};
