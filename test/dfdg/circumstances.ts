// What the Danish rules are given, in the usual form and changed where a test needs it.

import assert from 'node:assert/strict';
import { decideOn } from '../../src/dfdg/checks.ts';
import type { CodeSettings } from '../../src/dfdg/decide.ts';
import type { CitizenOperation } from '../../src/dfdg/operation.ts';
import { getPersonContactData } from '../../src/dfdg/operations/get.ts';
import { getVerificationCode } from '../../src/dfdg/operations/get-code.ts';
import { type ContactRow, savePersonContactData } from '../../src/dfdg/operations/save.ts';
import { updatePersonContactDataStatus } from '../../src/dfdg/operations/set-status.ts';
import { verifyPersonContactData } from '../../src/dfdg/operations/verify.ts';
import type { Citizen, ContactData } from '../../src/dfdg/register/citizen.ts';
import type { LogLimits } from '../../src/dfdg/register/logs.ts';
import {
  type Circumstances,
  type Done,
  isRefusal,
  type Target,
  type Verdict as VerdictOf,
} from '../../src/dfdg/rule.ts';

/** What a call says; each operation takes the members that it is told. */
export interface Saying extends Target {
  readonly rows?: readonly ContactRow[];
  readonly type?: number;
  readonly status?: number;
  readonly code?: string;
}
export type Verdict = VerdictOf<unknown>;

const ask =
  <Command, Answer>({ decision }: CitizenOperation<Command, Answer>, commandIn: (said: Saying) => Command) =>
  (citizen: Citizen | undefined, said: Saying, circumstances: Circumstances): Verdict => {
    assert.ok('rule' in decision);
    return decideOn(decision, citizen, { target: said, command: commandIn(said) }, circumstances);
  };

export const rules = {
  save: ask(savePersonContactData, ({ rows = [] }) => ({ rows })),
  sendCode: ask(getVerificationCode, ({ type = 0 }) => ({ type })),
  verify: ask(verifyPersonContactData, ({ type = 0, code = '' }) => ({ type, code })),
  setStatus: ask(updatePersonContactDataStatus, ({ type = 0, status = 0 }) => ({ type, status })),
  read: ask(getPersonContactData, () => undefined),
} as const;
export type RuleName = keyof typeof rules;

export const CPR = '1403455896';
export const FORMER = '0211416726';
export const CV = '10000001';
export const NOW = Date.parse('2026-03-31T12:00:00Z');
export const LIFETIME = 900_000;
export const MINUTE = 60_000;
export const CODE = '123456';
export const MAIL: ContactData = { type: 3, value: 'alma.alt@example.dk', status: 1 };
export const PHONE: ContactData = { type: 1, value: '34412304', status: 1 };
export const LINE: ContactData = { type: 2, value: '32123404', status: 1 };

export const usual: Circumstances = {
  now: NOW,
  mayAct: () => true,
  isSelf: () => true,
  codeLifetime: LIFETIME,
  wrongCodes: { most: 5, within: 900_000 },
  sentCodes: { most: 5, within: 3_600_000 },
  newCode: () => CODE,
  codeReturned: true,
};

export const codeSettings: CodeSettings = {
  digits: 6,
  lifetime: LIFETIME,
  wrong: usual.wrongCodes,
  sent: usual.sentCodes,
  returned: false,
};

export const usualLimits: LogLimits = { accessLogRows: 10_000, accessLogDays: 30, outboxRows: 10_000 };

export const aCitizen = (change: Partial<Citizen> = {}): Citizen => ({
  id: CPR,
  cvCustomerIdentifier: CV,
  dead: false,
  contactData: [],
  attempts: [],
  subscriptions: [],
  ...change,
});

/** The code of a refusal; `OK` when there was none. */
export const codeOf = ({ result }: Verdict): string => (isRefusal(result) ? String(result.code) : 'OK');

/** What a rule did, where it refused nothing. */
export const done = ({ result }: Verdict): Done<unknown> => {
  assert.ok(!isRefusal(result), isRefusal(result) ? String(result.code) : '');
  return result;
};

/** Asks a rule about the usual citizen by CPR number, in usual circumstances, but for what is given. */
export const decide = (
  name: RuleName,
  citizen: Citizen | undefined,
  said: Saying = {},
  circumstances: Partial<Circumstances> = {},
): Verdict => {
  const target = said.cv === undefined ? { cpr: CPR } : {};
  return rules[name](citizen, { ...target, ...said }, { ...usual, ...circumstances });
};

/** The state after a decision. */
export const stateAfter = (verdict: Verdict, before: Citizen): Citizen => {
  const { outgoing: _, ...next } = verdict.next ?? before;
  return next;
};

/** A citizen's data of a type. */
export const dataOf = ({ contactData }: Citizen, type: number): ContactData | undefined =>
  contactData.find((one) => one.type === type);
