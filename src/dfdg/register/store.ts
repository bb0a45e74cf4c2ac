// What the register keeps: citizens, found by any of their numbers and by what they can be reached at.

import type { Query, Write } from '../../store/engine.ts';
import { collection, mapped, nothing } from '../../store/tables.ts';
import type { Target } from '../rule.ts';
import {
  type Citizen,
  type ContactType,
  comparable,
  dataOf,
  EMAIL,
  MOBILE,
  type Searched,
} from './citizen.ts';
import { outbox } from './logs.ts';

/** What is sent is stored beside a citizen, and never loaded with one. */
type CitizenText = Omit<Citizen, 'outgoing'>;

/** A value in the form that searches compare. */
const searched = (citizen: Citizen, type: ContactType): string | undefined => {
  const value = dataOf(citizen, type)?.value;
  return value === undefined ? undefined : (comparable(type, value) ?? value);
};

const CONTACTS = { [MOBILE]: 'mobile', [EMAIL]: 'email' } as const;

export const citizens = collection<Citizen, CitizenText>({
  name: 'dk_citizen',
  form: 1,
  keys: [
    { name: 'cv', unique: true, of: ({ cvCustomerIdentifier }) => cvCustomerIdentifier },
    { name: 'former', unique: true, of: ({ formerId }) => formerId },
    { name: 'mobile', unique: false, of: (citizen) => searched(citizen, MOBILE) },
    { name: 'email', unique: false, of: (citizen) => searched(citizen, EMAIL) },
  ],
  encode: ({ outgoing: _, ...citizen }) => citizen,
  decode: (text) => text,
});

/** A citizen by a CPR number, current or former. */
export const findCitizen = (cpr: string): Query<Citizen | undefined> => citizens.find(cpr, 'former');

/** The citizen that a request is about, as a list of one or none. */
export const citizenAsked = ({ cpr, cv }: Target): Query<readonly Citizen[]> => {
  if (cpr === undefined && cv === undefined) return mapped(nothing, () => []);
  return mapped(cpr === undefined ? citizens.findBy('cv', cv ?? '') : findCitizen(cpr), (citizen) =>
    citizen ? [citizen] : [],
  );
};

/** @param form in the form that `comparable` returns */
export const citizensWith = (type: Searched, form: string): Query<readonly Citizen[]> =>
  citizens.all(CONTACTS[type], form);

/**
 * Keeps a citizen, and puts what is sent into the outbox.
 *
 * @param at the register hand of the clock, in milliseconds since 1970
 */
export const keepCitizen = (citizen: Citizen, at: number): readonly Write[] => [
  citizens.save(citizen),
  ...(citizen.outgoing ?? []).map((message) =>
    outbox.append(at, { citizen: citizen.id, ...message, code: message.code ?? null }),
  ),
];
