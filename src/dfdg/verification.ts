// What verification asks, whether a code is sent or used: data that can be verified, and attempts that are not without end.

import { checkType } from './checks.ts';
import {
  type Citizen,
  type CodeAttempts,
  type ContactData,
  type ContactType,
  dataOf,
  LANDLINE,
  VERIFIED,
} from './register/citizen.ts';
import { type Limit, type Refusal, refusal } from './rule.ts';

/** What verification asks of the registered data first, in this order [A]. */
export const verifiable = (citizen: Citizen, type: number): ContactData | Refusal => {
  const wrongType = checkType(type);
  if (wrongType) return wrongType;
  const register = 'register it first: SavePersonContactData';
  if (citizen.contactData.length === 0)
    return refusal(9159, 'contact data of the citizen', 'some', 'none at all', register);
  if (type === LANDLINE)
    return refusal(
      9240,
      'type of contact data',
      'mobile or e-mail',
      'landline: no code can be sent to it',
      'verify a mobile number or an e-mail address',
    );
  const data = dataOf(citizen, type);
  if (!data) return refusal(9242, `contact data of type ${type}`, 'registered', 'not registered', register);
  if (data.status === VERIFIED)
    return refusal(
      9247,
      'status of the contact data',
      'not verified',
      'verified already',
      'nothing: it is verified',
    );
  return data;
};

type Kind = Exclude<keyof CodeAttempts, 'type'>;

/** What still counts; what the clock was set back behind does not. */
export const recent = (
  { attempts }: Citizen,
  type: ContactType,
  kind: Kind,
  { within }: Limit,
  now: number,
): readonly number[] =>
  (attempts.find((one) => one.type === type)?.[kind] ?? []).filter((at) => at <= now && now - at < within);

/** The citizen with other attempts of a kind. */
export const withAttempts = (
  citizen: Citizen,
  type: ContactType,
  kind: Kind,
  times: readonly number[],
): Citizen => {
  const before = citizen.attempts.find((one) => one.type === type) ?? { type, wrong: [], sent: [] };
  return {
    ...citizen,
    attempts: [...citizen.attempts.filter((one) => one.type !== type), { ...before, [kind]: times }].sort(
      (left, right) => left.type - right.type,
    ),
  };
};

/** 9244 [A]: so many within the time that one more is refused, whatever it says. */
export const tooMany = (
  what: string,
  times: readonly number[],
  { most, within }: Limit,
): Refusal | undefined => {
  const [oldest] = times.slice(-most);
  if (oldest === undefined || times.length < most) return undefined;
  const until = new Date(oldest + within).toISOString();
  return refusal(
    9244,
    `${what} for this citizen and type of contact data`,
    `fewer than ${most} within ${within / 1000} seconds`,
    `${times.length}; the oldest that counts was at ${new Date(oldest).toISOString()}`,
    `wait until ${until} (PUT /_emulator/clock moves the clock); neither a new code nor a changed value helps`,
  );
};
