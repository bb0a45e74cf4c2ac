// Refused calls in the access log: who called, as far as that is known, or as the call itself says.

import { randomUUID } from 'node:crypto';
import type { Problem } from '../kernel/problem.ts';
import type { Engine } from '../store/engine.ts';
import { nothing } from '../store/tables.ts';
import { type Actor, claimedCaller, type Holder } from './caller.ts';
import { accesses } from './register/logs.ts';

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
  /** The refusal in one word: the code on the wire, or what refused it where that has none. */
  readonly result: string;
}

/** Puts a refused call into the log; the problem comes back with the reference of its row, once that is stored. */
export type LogRefusal = <Refused extends Problem>(problem: Refused, call: RefusedCall) => Promise<Refused>;

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const createRefusalLog =
  (engine: Pick<Engine, 'change'>, service: string, now: () => number): LogRefusal =>
  async (problem, { exchange, operation, certificate, holder, actor, admitted, result }) => {
    // What an operation refused is in the log already, in one change with what it did.
    if (problem.reference !== undefined) return problem;
    const reference = randomUUID();
    const { organisationType, organisationCode, userType, userIdentifier } = actor;
    const row = accesses.append(now(), {
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
      result,
    });
    const made = await engine.change({ load: nothing, decide: () => ({ result: undefined, writes: [row] }) });
    // A disk that is full must not hide why the call was refused.
    const lost = !('durable' in made) || (await made.durable) !== undefined;
    return lost ? problem : { ...problem, reference };
  };
