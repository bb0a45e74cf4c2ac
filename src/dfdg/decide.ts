// From command to answer: the rule in one transaction with the register, and the call in the access log.

import { randomInt, randomUUID } from 'node:crypto';
import { isProblem, type Problem } from '../kernel/problem.ts';
import type { Outcome, RegisterProblem } from '../soap/service.ts';
import { orProblem } from '../store/change.ts';
import type { Sqlite } from '../store/sqlite.ts';
import type { DanishCaller } from './caller.ts';
import { isContactType } from './citizen.ts';
import type { DanishLogs } from './logs.ts';
import type { CitizenAnswer, CitizenOperation } from './message.ts';
import { isOwn, isSelf } from './rights.ts';
import {
  type Circumstances,
  type CitizenCommand,
  type Done,
  isRefusal,
  type Limit,
  type Refusal,
  refusal,
} from './rule.ts';
import type { DanishStore } from './store.ts';

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
  readonly codes: CodeSettings;
  /** Which citizens a user who is a citizen may call for: `self`, or `any` that the organisation may [A]. */
  readonly citizenUser: 'self' | 'any';
  /** Milliseconds since 1970 by the register hand of the clock. */
  readonly now: () => number;
}

type Result = Refusal | (Done & { readonly citizens?: readonly string[] });

/** Decides one call of an operation; the service's name is for the access log. */
export const decideCitizen = (
  operation: CitizenOperation,
  service: string,
  { database, store, logs, codes, citizenUser, now }: DanishRegister,
) => {
  const newCode = (): string => String(randomInt(10 ** codes.digits)).padStart(codes.digits, '0');

  const decide = (command: CitizenCommand, caller: DanishCaller): Result => {
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
      };
      return store.apply<Result>(command, (citizen) => decision.rule(citizen, command, circumstances));
    }
    const found = decision.search(command, (type, value) =>
      isContactType(type) ? store.find(type, value) : [],
    );
    if ('refused' in found) {
      return refusal(
        found.refused,
        'the value that is searched for',
        'a valid one',
        command.telephone ?? command.email ?? '',
        'send a valid number or address',
      );
    }
    return { citizens: found.citizens.filter((one) => mayAct(one) && self(one)).map(({ id }) => id) };
  };

  const run = database.transaction(
    (command: CitizenCommand, caller: DanishCaller, exchange: number, reference: string) => {
      const result = decide(command, caller);
      const { actor } = caller;
      logs.record({
        reference,
        exchange,
        service,
        operation: operation.name,
        citizen: command.cpr ?? command.cv ?? null,
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
    command: CitizenCommand,
    caller: DanishCaller,
    exchange: number,
  ): Outcome<CitizenAnswer> | Problem<RegisterProblem> | Refusal => {
    const reference = randomUUID();
    const result = orProblem(() => run.immediate(command, caller, exchange, reference));
    if (isProblem(result)) return 'code' in result ? { ...result, reference } : result;
    const { code, warnings, ...rest } = result;
    return {
      answer: { reference, ...rest, ...(codes.returned && code !== undefined ? { code } : {}) },
      result: 'OK',
      ...(warnings ? { warnings } : {}),
    };
  };
};
