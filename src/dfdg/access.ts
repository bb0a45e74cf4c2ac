// Refused calls in the access log: who called, as far as that is known, or as the call itself says.

import { randomUUID } from 'node:crypto';
import { isProblem, type Problem } from '../kernel/problem.ts';
import { orProblem } from '../store/change.ts';
import { type Actor, claimedCaller, type Holder } from './caller.ts';
import { resultOf } from './problems.ts';
import type { DanishLogs } from './register/logs.ts';

/** What is known of a call that was refused. */
export interface RefusedCall {
  /** Its number in the journal. */
  readonly exchange: number;
  readonly operation: string | undefined;
  readonly certificate: Buffer | undefined;
  /** Undefined where the certificate is missing or not trusted. */
  readonly holder: Holder | undefined;
  /** Whom it says it is made for. */
  readonly actor: Partial<Actor>;
  /** Whether the holder may act for whom it says. */
  readonly admitted: boolean;
}

/** Puts a refused call into the log; the problem comes back with the reference of its row. */
export type LogRefusal = (problem: Problem, call: RefusedCall) => Problem;

/** @param alone ends the group of changes that is open: the row is stored by itself, before the refusal goes out */
export const createRefusalLog =
  (logs: DanishLogs, service: string, alone: () => void): LogRefusal =>
  (problem, { exchange, operation, certificate, holder, actor, admitted }) => {
    // What an operation refused is in the log already, in one transaction with what it did.
    if (problem.reference !== undefined) return problem;
    const reference = randomUUID();
    const { organisationType, organisationCode, userType, userIdentifier } = actor;
    alone();
    const failed = orProblem(() =>
      logs.record({
        reference,
        exchange,
        service,
        operation: operation ?? null,
        citizen: null,
        cvr: holder?.cvr ?? claimedCaller(certificate).organisation ?? null,
        organisationType: organisationType ?? null,
        organisationCode: organisationCode ?? null,
        userType: userType ?? null,
        user: userIdentifier ?? null,
        claimed: !(admitted && holder),
        result: resultOf(problem),
      }),
    );
    // A disk that is full must not hide why the call was refused.
    return isProblem(failed) ? problem : { ...problem, reference };
  };
