// What a rule of the register is: what it is told, and what it answers.

import type { Basis, Problem, Warning } from '../kernel/problem.ts';
import type { Decision } from '../store/change.ts';
import type { Citizen, ContactData, ContactStatus } from './citizen.ts';
import { type ErrorCode, errors } from './codes.ts';

/** Who a request is about. */
export interface Target {
  readonly cpr?: string;
  readonly cv?: string;
}

/** One row of contact data to save; undefined removes what is registered of its type. */
export interface ContactRow {
  readonly type: number;
  readonly value: string | undefined;
}

/** Rows of one save. The contract says 1..*; there are three types, so that more mean a mistake or an attack [A]. */
export const MOST_ROWS = 20;

/** What a request says; an operation uses the members its message has. */
export interface CitizenCommand extends Target {
  readonly rows?: readonly ContactRow[];
  readonly type?: number;
  readonly status?: number;
  readonly code?: string;
  readonly telephone?: string;
  readonly email?: string;
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
}

/** A refusal that the contract has a code for. */
export interface Refusal extends Problem<`dfdg.${ErrorCode}`> {
  readonly code: ErrorCode;
}

/** What a rule found or did. */
export interface Done {
  readonly status?: ContactStatus;
  readonly contactData?: readonly ContactData[];
  readonly code?: string;
  readonly warnings?: readonly Warning[];
}

export type Verdict = Decision<Citizen, Refusal | Done>;
export type Rule = (
  citizen: Citizen | undefined,
  command: CitizenCommand,
  circumstances: Circumstances,
) => Verdict;

export const isRefusal = (result: Refusal | Done): result is Refusal => 'explanation' in result;

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
export const refuse = (...reason: Parameters<typeof refusal>): Verdict => ({ result: refusal(...reason) });
