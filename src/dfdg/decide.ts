// From command to answer: the rule in one transaction with the register, and the call in the access log.

import { randomInt, randomUUID } from 'node:crypto';
import { isProblem, type Problem } from '../kernel/problem.ts';
import type { Outcome, RegisterProblem } from '../soap/service.ts';
import { orProblem } from '../store/change.ts';
import type { Sqlite } from '../store/sqlite.ts';
import type { DanishCaller } from './caller.ts';
import { decideOn } from './checks.ts';
import type { CitizenOperation, Referenced } from './operation.ts';
import type { DanishProblem, Faces } from './problems.ts';
import type { DanishLogs } from './register/logs.ts';
import { isOwn, isSelf } from './register/organisations.ts';
import type { DanishStore } from './register/store.ts';
import { type Asked, type Circumstances, type Done, isRefusal, type Limit, type Refusal } from './rule.ts';

/** How verification codes are made and kept [A]. */
export interface CodeSettings {
  readonly digits: number;
  /** Milliseconds. */
  readonly lifetime: number;
  /** How many wrong codes are heard out, and how many codes are sent, for one citizen and type. */
  readonly wrong: Limit;
  readonly sent: Limit;
  /** Whether GetVerificationCode answers the code too; otherwise it goes to the citizen alone. */
  readonly returned: boolean;
}

/** What the contract needs from the composition root. */
export interface DanishRegister {
  readonly database: Sqlite;
  readonly store: DanishStore;
  readonly logs: DanishLogs;
  readonly faces: Faces;
  readonly codes: CodeSettings;
  /** Which citizens a user who is a citizen may call for: `self`, or `any` that the organisation may [A]. */
  readonly citizenUser: 'self' | 'any';
  /** Milliseconds since 1970 by the register hand of the clock. */
  readonly now: () => number;
}

type Result<Answer> = Refusal | Done<Answer>;

/** Decides one call of an operation; the service's name is for the access log. */
export const decideCitizen = <Command, Answer>(
  operation: CitizenOperation<Command, Answer>,
  service: string,
  { database, store, logs, faces, codes, citizenUser, now }: DanishRegister,
) => {
  const newCode = (): string => String(randomInt(10 ** codes.digits)).padStart(codes.digits, '0');

  const decide = (asked: Asked<Command>, caller: DanishCaller): Result<Answer> => {
    const mayAct: Circumstances['mayAct'] = (citizen) => isOwn(citizen, caller.acting);
    const self: Circumstances['isSelf'] = (citizen) => citizenUser === 'any' || isSelf(citizen, caller.actor);
    const { decision } = operation;
    if ('rule' in decision) {
      const circumstances = {
        now: now(),
        mayAct,
        isSelf: self,
        newCode,
        codeLifetime: codes.lifetime,
        wrongCodes: codes.wrong,
        sentCodes: codes.sent,
        codeReturned: codes.returned,
      };
      return store.apply<Result<Answer>>(asked.target, (citizen) =>
        decideOn(decision, citizen, asked, circumstances),
      );
    }
    const wanted = decision.search(asked.command);
    if ('explanation' in wanted) return wanted;
    const citizens = store.find(wanted.type, wanted.form).filter((one) => mayAct(one) && self(one));
    return { answer: decision.found(citizens.map(({ id }) => id)) };
  };

  const run = database.transaction(
    (asked: Asked<Command>, caller: DanishCaller, exchange: number, reference: string) => {
      const result = decide(asked, caller);
      const { actor } = caller;
      const { cpr, cv } = asked.target;
      logs.record({
        reference,
        exchange,
        service,
        operation: operation.name,
        citizen: cpr ?? cv ?? null,
        cvr: caller.organisation ?? null,
        organisationType: actor.organisationType,
        organisationCode: actor.organisationCode,
        userType: actor.userType,
        user: actor.userIdentifier,
        claimed: caller.organisation === undefined,
        result: isRefusal(result) ? String(result.code) : 'OK',
      });
      return result;
    },
  );

  return (
    asked: Asked<Command>,
    caller: DanishCaller,
    exchange: number,
  ): Outcome<Referenced<Answer>> | Problem<RegisterProblem | DanishProblem> => {
    const reference = randomUUID();
    const result = orProblem(() => run.immediate(asked, caller, exchange, reference));
    if (isProblem(result)) return result;
    if (isRefusal(result)) return { ...faces.problem(result), reference };
    const { answer, warnings } = result;
    return { answer: { reference, answer }, result: 'OK', ...(warnings ? { warnings } : {}) };
  };
};
