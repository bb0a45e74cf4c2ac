// What a rule of the register is: what it is told, and what it answers.

import type { Basis, Problem, Warning } from '../kernel/problem.ts';
import { type ErrorCode, errors } from './codes.ts';
import type { Citizen, Searched } from './register/citizen.ts';

/** Who a request is about. */
export interface Target {
  readonly cpr?: string;
  readonly cv?: string;
}

/** What a call asks: whom it is about, and what its operation is told. */
export interface Asked<Command> {
  /** Names nobody where the operation is a search. */
  readonly target: Target;
  readonly command: Command;
}

/** So many within so many milliseconds. */
export interface Limit {
  readonly most: number;
  readonly within: number;
}

/** Everything besides the citizen that a decision may depend on. */
export interface Circumstances {
  /** Milliseconds since 1970 by the register hand of the clock. */
  readonly now: number;
  /** Whether the caller may act for this citizen. */
  readonly mayAct: (citizen: Citizen) => boolean;
  /** Whether the user may see this citizen: one who is a citizen, only himself or herself. */
  readonly isSelf: (citizen: Citizen) => boolean;
  /** How long a verification code lives, in milliseconds. */
  readonly codeLifetime: number;
  /** How many wrong codes are heard out, and how many codes are sent, for one citizen and type [A]. */
  readonly wrongCodes: Limit;
  readonly sentCodes: Limit;
  readonly newCode: () => string;
  /** Whether GetVerificationCode answers the code too; otherwise it goes to the citizen alone. */
  readonly codeReturned: boolean;
}

/** A refusal that the contract has a code for. */
export interface Refusal extends Problem<`dfdg.${ErrorCode}`> {
  readonly code: ErrorCode;
}

/** What a rule did or found. */
export interface Done<Answer> {
  readonly answer: Answer;
  readonly warnings?: readonly Warning[];
}

/** What a rule decides, and the citizen as he or she is to be kept where that has changed, also with a refusal. */
export interface Verdict<Answer> {
  readonly result: Refusal | Done<Answer>;
  readonly next?: Citizen;
}

/** What an operation decides of a citizen who is known and whom the caller may act for; checks.ts sees to that. */
export type Rule<Command, Answer> = (
  citizen: Citizen,
  command: Command,
  circumstances: Circumstances,
) => Verdict<Answer>;

/** A decision on one citizen. */
export interface OnCitizen<Command, Answer> {
  readonly access: 'read' | 'write';
  readonly rule: Rule<Command, Answer>;
}

/** A decision on the whole register: what contact data is searched for, and what is answered of those who have it. */
export interface Search<Command, Answer> {
  readonly search: (command: Command) => { readonly type: Searched; readonly form: string } | Refusal;
  /** @param citizens numbers of those whom the caller may act for */
  readonly found: (citizens: readonly string[]) => Answer;
}

export const isRefusal = (result: Refusal | Done<unknown>): result is Refusal => 'explanation' in result;

/** A refusal with its explanation; the rule is the documented text of the code. */
export const refusal = (
  code: ErrorCode,
  check: string,
  expected: string,
  found: string,
  remedy: string,
  basis: Basis = errors[code].basis,
): Refusal => ({
  problem: `dfdg.${code}`,
  code,
  explanation: {
    check,
    expected,
    found,
    remedy,
    rule: `${code}: ${errors[code].english}`,
    basis,
  },
});

/** A decision that refuses. */
export const refuse = (...reason: Parameters<typeof refusal>): { readonly result: Refusal } => ({
  result: refusal(...reason),
});
