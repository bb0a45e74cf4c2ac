// The checks that the operations share, in order. The codes are documented; where their order is not, it is assumed.

import { checkCpr } from '../identifiers/cpr.ts';
import { brief } from '../kernel/brief.ts';
import { type Citizen, isContactType } from './register/citizen.ts';
import {
  type Circumstances,
  type CitizenCommand,
  type Refusal,
  type Rule,
  refusal,
  refuse,
  type Target,
  type Verdict,
} from './rule.ts';

const KNOWN = 'use a citizen of the register (kontakt person list --country dk)';

const checkTarget = (citizen: Citizen | undefined, { cpr, cv }: Target): Refusal | undefined => {
  const fault = cpr === undefined ? undefined : checkCpr(cpr);
  if (fault)
    return refusal(
      1001,
      'CPR number',
      'ten digits that begin with a date',
      `${brief(cpr ?? '')}: ${fault}`,
      'send the whole CPR number without a hyphen',
    );
  if (citizen) return undefined;
  return cpr === undefined
    ? refusal(4400, 'CV customer number', 'the number of a citizen', `${cv ?? '(none)'} is nobody’s`, KNOWN)
    : refusal(1010, 'CPR number in the register', 'a citizen', `${cpr} is nobody’s`, KNOWN);
};

/** The checks that all operations on a citizen share, in order; then the operation's own rule. */
export const onCitizen =
  (
    access: 'read' | 'write',
    own: (citizen: Citizen, command: CitizenCommand, circumstances: Circumstances) => Verdict,
  ): Rule =>
  (citizen, command, circumstances) => {
    const unknown = checkTarget(citizen, command);
    if (unknown || !citizen) return { result: unknown ?? {} };
    if (!circumstances.mayAct(citizen)) {
      return refuse(
        4575,
        'the citizen against the caller',
        'a citizen of the caller’s own',
        'a citizen of somebody else',
        'call as the organisation the citizen belongs to, or as STAR',
      );
    }
    if (!circumstances.isSelf(citizen)) {
      return refuse(
        4575,
        'the citizen against the user',
        'the citizen who calls (user type 1): the number in UserIdentifier',
        'another citizen',
        'call for the citizen who is logged in, or as another type of user (switched off by dfdg.citizenUser: any)',
        'assumed',
      );
    }
    if (access === 'write' && citizen.dead)
      return refuse(
        4405,
        'the citizen',
        'alive',
        'dead',
        'nothing in the client: nothing is registered on the dead',
      );
    if (access === 'write' && command.cpr !== undefined && command.cpr !== citizen.id) {
      return refuse(
        9460,
        'CPR number',
        'the citizen’s current number',
        'a former one',
        'look the citizen up and use the current number',
      );
    }
    return own(citizen, command, circumstances);
  };

/** That a type of contact data is one of the code list. */
export const checkType = (type: number | undefined): Refusal | undefined =>
  type !== undefined && isContactType(type)
    ? undefined
    : refusal(
        9153,
        'PersonContactDataTypeIdentifier',
        '1 mobile, 2 landline, 3 e-mail [assumed]',
        String(type),
        'send a value of the code list',
      );
