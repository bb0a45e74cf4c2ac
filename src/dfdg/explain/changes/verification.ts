// Refusals of verification: a wrong code, a dead one, too many of them.

import { controlCall } from '../../../explain/command.ts';
import { dataOf } from '../../register/citizen.ts';
import { recent } from '../../verification.ts';
import { again, callOf, type Refused } from '../calls.ts';
import { askedType } from './contact-data.ts';

/** A new code is sent; it is read in the outbox. */
export const newCode = (refused: Refused): string => {
  const type = askedType(refused);
  return callOf(refused, 'GetVerificationCode', type === undefined ? {} : { type });
};

/** The code that waits is in the outbox; where none does, one is sent. */
export const readCode = (refused: Refused): string => {
  const { citizen, now } = refused;
  const pending = citizen && dataOf(citizen, askedType(refused))?.pending;
  return pending && now < pending.expires ? 'kontakt outbox' : newCode(refused);
};

/** Moves the register's hand of the clock until the oldest that counts does not count any more. */
export const laterOn = (refused: Refused): string => {
  const { citizen, operation, limits, now } = refused;
  const type = askedType(refused);
  const kind = operation === 'GetVerificationCode' ? 'sent' : 'wrong';
  const { most, within } = limits[kind];
  const times = citizen && type !== undefined ? recent(citizen, type, kind, limits[kind], now) : [];
  const [oldest] = times.slice(-most);
  if (oldest === undefined || times.length < most) return again(refused);
  return controlCall('PUT', '/clock', { advance: `PT${Math.ceil((oldest + within - now) / 1000)}S` });
};
