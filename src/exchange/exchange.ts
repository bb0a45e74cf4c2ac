// The frame round every call, over SOAP and REST: in the journal from its beginning to its end, and always answered.

import type { WireAnswer, WireRequest } from '../http/wire.ts';
import type { Begun, JournalEntry } from '../journal/entry.ts';
import type { Journal } from '../journal/journal.ts';
import type { Trace } from '../journal/trace.ts';
import type { Grounds } from '../kernel/grounds.ts';
import {
  type Explanation,
  internalProblem,
  isProblem,
  type Problem,
  type Warning,
} from '../kernel/problem.ts';
import type { RegisterProblem } from '../store/unavailable.ts';

/** What the frame works with. */
export interface Surroundings {
  readonly journal: Journal;
  /** Whether answers carry Kontakt-Journal and Kontakt-Warnings. */
  readonly answerHeaders: boolean;
  /** Told of an unexpected exception. */
  readonly onDefect: (error: unknown, journalId: string) => void;
}

/** What a way came to where no problem ended it. */
export interface Answered {
  readonly reply: WireAnswer;
  /** The code on the wire. */
  readonly result: string;
  /** Why, where the code on the wire is a refusal. */
  readonly refusal?: Explanation;
  /** What of the register led to it. */
  readonly grounds?: Grounds;
  readonly warnings?: readonly Warning[];
}

/** What another process answered, with the exchange as it wrote it down. */
export interface Elsewhere {
  readonly answer: WireAnswer;
  readonly entry: JournalEntry;
}

/** A problem as it goes out, with its number in the contract's own log of calls where it got one. */
export interface Refused {
  readonly problem: Problem;
  readonly reply: WireAnswer;
  /** The code on the wire, where it has one besides the HTTP status. */
  readonly fault?: string | undefined;
}

/** One call on its way: how it is understood, and how a problem of that way is told. */
export interface Way<Refusal extends Problem = Problem> {
  readonly about: Pick<Begun, 'service' | 'profile' | 'operation' | 'judged'>;
  run(trace: Trace): Promise<Answered | Elsewhere | Refusal>;
  refuse(problem: Refusal, trace: Trace): Promise<Refused>;
  /** What a defect is told by. Made beforehand, so that telling it can fail at nothing. */
  readonly defect: WireAnswer;
}

/** Carries a call through: never throws. */
export type Carry = <Refusal extends Problem>(request: WireRequest, way: Way<Refusal>) => Promise<WireAnswer>;

/** Carries a message through that may find no register, or nobody who answers it. */
export type CarryMessage = <Refusal extends Problem>(
  request: WireRequest,
  way: Way<Refusal | Problem<RegisterProblem>>,
) => Promise<WireAnswer>;

const NO_BODY = Buffer.alloc(0);
const DEFECT = internalProblem();

export const createCarry = ({ journal, answerHeaders, onDefect }: Surroundings): Carry => {
  const answer = async <Refusal extends Problem>(
    way: Way<Refusal>,
    trace: Trace,
  ): Promise<WireAnswer | Elsewhere> => {
    const outcome = await way.run(trace);
    if ('entry' in outcome) return outcome;
    if (isProblem(outcome)) {
      const { problem, reply, fault } = await way.refuse(outcome, trace);
      trace.refused(problem, fault);
      trace.saw({ grounds: problem.grounds });
      return reply;
    }
    const { reply, result, refusal, grounds, warnings } = outcome;
    trace.saw({ result, warnings, grounds });
    if (refusal) trace.refused(refusal);
    return reply;
  };

  return async (request, way) => {
    const { method, path, headers, remote, exchange: number } = request;
    const body = isProblem(request.body) ? NO_BODY : request.body;
    const trace = journal.begin({ method, path, remote, number, request: { headers, body }, ...way.about });
    let given: WireAnswer;
    try {
      const answered = await answer(way, trace);
      if ('entry' in answered) {
        journal.take(answered.entry);
        return answered.answer;
      }
      given = answered;
    } catch (error) {
      onDefect(error, trace.id);
      trace.refused(DEFECT);
      given = way.defect;
    }
    const warnings = trace.warnings.length;
    const told = answerHeaders
      ? { 'kontakt-journal': trace.id, ...(warnings > 0 ? { 'kontakt-warnings': String(warnings) } : {}) }
      : {};
    const full = { ...given, headers: { ...given.headers, ...told } };
    trace.finished(full.status, { headers: full.headers, body: full.body });
    return full;
  };
};
