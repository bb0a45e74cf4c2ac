// The checks that the operations share, in order. The codes are documented; where their order is not, it is assumed.

import { checkCpr } from '../identifiers/cpr.ts';
import { brief } from '../kernel/brief.ts';
import { type Citizen, type ContactType, comparable, EMAIL, isContactType } from './register/citizen.ts';
import {
  type Asked,
  type Circumstances,
  type OnCitizen,
  type Refusal,
  refusal,
  type Target,
  type Verdict,
} from './rule.ts';

const KNOWN = 'use a citizen of the register (kontakt person list --country dk)';

/** The citizen that a call is about. */
const knownCitizen = (citizen: Citizen | undefined, { cpr, cv }: Target): Citizen | Refusal => {
  const fault = cpr === undefined ? undefined : checkCpr(cpr);
  if (fault)
    return refusal(
      1001,
      'CPR number',
      'ten digits that begin with a date',
      `${brief(cpr ?? '')}: ${fault}`,
      'send the whole CPR number without a hyphen',
    );
  if (citizen) return citizen;
  return cpr === undefined
    ? refusal(4400, 'CV customer number', 'the number of a citizen', `${cv ?? '(none)'} is nobody’s`, KNOWN)
    : refusal(1010, 'CPR number in the register', 'a citizen', `${cpr} is nobody’s`, KNOWN);
};

/**
 * The form of a value that is compared, or why it has none.
 *
 * @param code what a value is refused with that is none of its type
 */
export const comparableForm = (
  type: ContactType,
  value: string,
  code: 9156 | 9157 | 9158,
): string | Refusal =>
  comparable(type, value) ??
  refusal(
    code,
    type === EMAIL ? 'e-mail address' : 'telephone number',
    type === EMAIL
      ? 'one @, no white space, at most 191 and 64 characters'
      : '3 to 20 digits, + before a country code; a number of a numbering plan',
    value.slice(0, 60),
    type === EMAIL
      ? 'send one plain address'
      : 'send eight Danish digits, or the international form with + or 00',
  );

/** Whether the caller may act for a citizen, and the user see him or her. */
const checkAccess = (citizen: Citizen, { mayAct, isSelf }: Circumstances): Refusal | undefined => {
  if (!mayAct(citizen))
    return refusal(
      4575,
      'the citizen against the caller',
      'a citizen of the caller’s own',
      'a citizen of somebody else',
      'call as the organisation the citizen belongs to, or as STAR',
    );
  if (!isSelf(citizen))
    return refusal(
      4575,
      'the citizen against the user',
      'the citizen who calls (user type 1): the number in UserIdentifier',
      'another citizen',
      'call for the citizen who is logged in, or as another type of user (switched off by dfdg.citizenUser: any)',
      'assumed',
    );
  return undefined;
};

/** Whether anything may be written on a citizen, by the number that was used. */
const checkWrite = (citizen: Citizen, { cpr }: Target): Refusal | undefined => {
  if (citizen.dead)
    return refusal(
      4405,
      'the citizen',
      'alive',
      'dead',
      'nothing in the client: nothing is registered on the dead',
    );
  if (cpr !== undefined && cpr !== citizen.id)
    return refusal(
      9460,
      'CPR number',
      'the citizen’s current number',
      'a former one',
      'look the citizen up and use the current number',
    );
  return undefined;
};

/** Decides on a citizen: the checks that all operations share, in order; then the operation's own rule. */
export const decideOn = <Command, Answer>(
  { access, rule }: OnCitizen<Command, Answer>,
  citizen: Citizen | undefined,
  { target, command }: Asked<Command>,
  circumstances: Circumstances,
): Verdict<Answer> => {
  const known = knownCitizen(citizen, target);
  if ('explanation' in known) return { result: known };
  const refused =
    checkAccess(known, circumstances) ?? (access === 'write' ? checkWrite(known, target) : undefined);
  return refused ? { result: refused } : rule(known, command, circumstances);
};

/** That a type of contact data is one of the code list. */
export const checkType = (type: number): Refusal | undefined =>
  isContactType(type)
    ? undefined
    : refusal(
        9153,
        'PersonContactDataTypeIdentifier',
        '1 mobile, 2 landline, 3 e-mail [assumed]',
        String(type),
        'send a value of the code list',
      );
