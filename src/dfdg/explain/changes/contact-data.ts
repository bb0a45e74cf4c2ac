// Refusals for contact data: none of the type, none at all, one that cannot be verified, a value that is none.

import { type ContactType, isContactType, LANDLINE, VERIFIED } from '../../register/citizen.ts';
import { again, callOf, type Refused } from '../calls.ts';

/** A good value of each type. */
const VALUES: Readonly<Record<ContactType, string>> = {
  1: '20123456',
  2: '32123456',
  3: 'borger@example.dk',
};

export const askedType = ({ grounds: { parts } }: Refused): ContactType | undefined => {
  const asked = Number(parts.find(({ part }) => part === 'asked')?.is);
  return isContactType(asked) ? asked : undefined;
};

const save = (refused: Refused, type: ContactType): string =>
  callOf(refused, 'SavePersonContactData', { type, value: VALUES[type] });

/** Saves a good value of a type; without one of the type that was asked for. A search is made anew. */
export const savesValue =
  (type?: ContactType) =>
  (refused: Refused): string =>
    refused.operation.startsWith('GetPersonBy')
      ? again(refused)
      : save(refused, type ?? askedType(refused) ?? 1);

/** A call on what the citizen has registered; where that is nothing, it is registered first. */
export const registered = (refused: Refused, call: (type: ContactType) => string): string => {
  const has = refused.citizen?.contactData ?? [];
  const asked = askedType(refused);
  const data = has.find(({ type }) => type === asked) ?? has[0];
  return data ? call(data.type) : save(refused, 1);
};

/** The same with a type that it can be done with: of the code list and, where a code is wanted, not a landline. */
export const anotherType = (refused: Refused): string => {
  const { operation, citizen } = refused;
  if (operation === 'SavePersonContactData') return save(refused, 1);
  if (operation === 'UpdatePersonContactDataStatus')
    return registered(refused, (type) => callOf(refused, operation, { type, status: 1 }));
  const data = citizen?.contactData.find(({ type, status }) => type !== LANDLINE && status !== VERIFIED);
  return data ? callOf(refused, 'GetVerificationCode', { type: data.type }) : save(refused, 1);
};
