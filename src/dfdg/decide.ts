// From command to answer: one change of the register, decided by the rule of the operation, with the call in the access log.

import { randomInt, randomUUID } from 'node:crypto';
import type { Deed } from '../contract/operation.ts';
import type { Grounds } from '../kernel/grounds.ts';
import type { Query } from '../store/engine.ts';
import { mapped, nothing } from '../store/tables.ts';
import type { DanishCaller } from './caller.ts';
import { decideOn } from './checks.ts';
import { groundsOfCitizen } from './explain/of-citizens.ts';
import type { CitizenOperation, Referenced } from './operation.ts';
import type { Citizen } from './register/citizen.ts';
import { changed } from './register/history.ts';
import { accesses } from './register/logs.ts';
import { type DanishRights, isOwn, isSelf } from './register/organisations.ts';
import { citizenAsked, citizensWith, keepCitizen } from './register/store.ts';
import {
  type Asked,
  type Circumstances,
  type Done,
  isRefusal,
  type Limit,
  type Refusal,
  type Verdict,
} from './rule.ts';

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

/** What the operations go by besides the citizen. */
export interface Surroundings {
  readonly codes: CodeSettings;
  /** Which citizens a user who is a citizen may call for: `self`, or `any` that the organisation may [A]. */
  readonly citizenUser: 'self' | 'any';
  readonly rights: DanishRights;
  /** Milliseconds since 1970 by the register hand of the clock. */
  readonly now: () => number;
}

type Result<Answer> = Refusal | Done<Answer>;

/** Who is asked about: the one citizen that a request names, or all whom a search finds. */
const askedFor = <Command, Answer>(
  { decision }: CitizenOperation<Command, Answer>,
  { target, command }: Asked<Command>,
): Query<readonly Citizen[] | Refusal> => {
  if ('rule' in decision) return citizenAsked(target);
  const wanted = decision.search(command);
  return 'explanation' in wanted ? mapped(nothing, () => wanted) : citizensWith(wanted.type, wanted.form);
};

const decideAll = <Command, Answer>(
  { decision }: CitizenOperation<Command, Answer>,
  found: readonly Citizen[] | Refusal,
  asked: Asked<Command>,
  circumstances: Circumstances,
): Verdict<Answer> => {
  if ('explanation' in found) return { result: found };
  if ('rule' in decision) return decideOn(decision, found[0], asked, circumstances);
  const { mayAct, isSelf: self } = circumstances;
  const own = found.filter((one) => mayAct(one) && self(one));
  return { result: { answer: decision.found(own.map(({ id }) => id)) } };
};

/** What one call of an operation does; the service's name is for the access log. */
export const decideCitizen =
  <Command, Answer>(
    operation: CitizenOperation<Command, Answer>,
    service: string,
    { codes, citizenUser, rights, now }: Surroundings,
  ) =>
  (
    asked: Asked<Command>,
    caller: DanishCaller,
    exchange: number,
  ): Deed<readonly Citizen[] | Refusal, Result<Answer>, Referenced<Answer>, Refusal> => {
    const { actor, acting, organisation } = caller;
    const { cpr, cv } = asked.target;
    // Drawn before, so that deciding twice decides the same.
    const reference = randomUUID();
    const at = now();
    const code = String(randomInt(10 ** codes.digits)).padStart(codes.digits, '0');
    const circumstances: Circumstances = {
      now: at,
      mayAct: (citizen) => isOwn(citizen, acting),
      isSelf: (citizen) => citizenUser === 'any' || isSelf(citizen, actor),
      newCode: () => code,
      codeLifetime: codes.lifetime,
      wrongCodes: codes.wrong,
      sentCodes: codes.sent,
      codeReturned: codes.returned,
    };
    const by = { at, means: operation.name, caller: organisation, exchange };
    const kept = (next: Citizen, found: readonly Citizen[] | Refusal): Citizen =>
      changed('explanation' in found ? undefined : found[0], next, by);
    const groundsFor = ({ code: refused }: Refusal, found: readonly Citizen[] | Refusal): Grounds =>
      groundsOfCitizen(refused, {
        target: asked.target,
        concern: operation.concern?.(asked.command) ?? {},
        citizen: 'explanation' in found || 'search' in operation.decision ? undefined : found[0],
        rights,
        acting,
        limits: codes,
        at,
      });
    return {
      load: askedFor(operation, asked),
      decide: (found) => {
        const { result, next } = decideAll(operation, found, asked, circumstances);
        const access = accesses.append(at, {
          reference,
          exchange,
          service,
          operation: operation.name,
          citizen: cpr ?? cv ?? null,
          cvr: organisation ?? null,
          organisationType: actor.organisationType,
          organisationCode: actor.organisationCode,
          userType: actor.userType,
          user: actor.userIdentifier,
          claimed: organisation === undefined,
          result: isRefusal(result) ? String(result.code) : 'OK',
        });
        const told = isRefusal(result) ? { ...result, grounds: groundsFor(result, found) } : result;
        return { result: told, writes: [...(next ? keepCitizen(kept(next, found), at) : []), access] };
      },
      tell: (result) => {
        if (isRefusal(result)) return { ...result, reference };
        const { answer, warnings } = result;
        return { answer: { reference, answer }, result: 'OK', ...(warnings ? { warnings } : {}) };
      },
    };
  };
