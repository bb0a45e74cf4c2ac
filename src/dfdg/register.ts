// The rules of the contact data itself as pure functions: what is saved, what its status is, what is read.

import type { Warning } from '../kernel/problem.ts';
import { checkType, onCitizen } from './checks.ts';
import {
  type Citizen,
  type ContactType,
  comparable,
  dataOf,
  EMAIL,
  isContactStatus,
  isContactType,
  replaceData,
  UNVERIFIED,
} from './register/citizen.ts';
import { type ContactRow, MOST_ROWS, type Refusal, type Rule, refusal, refuse } from './rule.ts';

const VALUE_CODES = { 1: 9156, 2: 9157, 3: 9158 } as const;

/** The form of a value that is compared, or why it has none. */
const formOf = (type: ContactType, value: string): string | Refusal =>
  comparable(type, value) ??
  refusal(
    VALUE_CODES[type],
    type === EMAIL ? 'e-mail address' : 'telephone number',
    type === EMAIL
      ? 'one @, no white space, at most 191 and 64 characters'
      : '3 to 20 digits, + before a country code; a number of a numbering plan',
    value.slice(0, 60),
    type === EMAIL
      ? 'send one plain address'
      : 'send eight Danish digits, or the international form with + or 00',
  );

const removeData = (citizen: Citizen, type: ContactType): Citizen | Refusal => {
  if (!dataOf(citizen, type)) return citizen;
  return type === EMAIL && citizen.subscriptions.length > 0
    ? refusal(
        9155,
        'removal of the e-mail address',
        'no active huskeservice subscription',
        citizen.subscriptions.join(', '),
        'end the subscriptions first, or replace the address',
      )
    : replaceData(citizen, type, undefined);
};

const setData = (citizen: Citizen, type: ContactType, value: string, form: string): Citizen => {
  const before = dataOf(citizen, type);
  // The same value again changes nothing, also not its verification [A].
  return before && comparable(type, before.value) === form
    ? citizen
    : replaceData(citizen, type, { type, value, status: UNVERIFIED });
};

/** @param counts whether no later row is of its type; one that does not count must be valid all the same */
const saveRow = (citizen: Citizen, { type, value }: ContactRow, counts: boolean): Citizen | Refusal => {
  if (!isContactType(type)) return citizen;
  if (value === undefined) return counts ? removeData(citizen, type) : citizen;
  const form = formOf(type, value);
  if (typeof form !== 'string') return form;
  return counts ? setData(citizen, type, value, form) : citizen;
};

/** That rows were lost to later ones of their type; undefined where none was. */
const repeatedTypes = (rows: readonly ContactRow[]): Warning | undefined => {
  const types = rows.map(({ type }) => type);
  const repeated = [...new Set(types.filter((type, place) => types.indexOf(type) !== place))].sort();
  if (repeated.length === 0) return undefined;
  const { explanation } = refusal(
    1014,
    'types of the rows',
    'each type once',
    repeated.map((type) => `type ${type} in ${types.filter((one) => one === type).length} rows`).join(', '),
    'send one row for each type; of several the last one counts',
    'assumed',
  );
  return {
    problem: 'dfdg.repeated-type',
    explanation: { ...explanation, rule: 'contract: Save; of rows of one type the last one counts' },
  };
};

/** All rows or none, of one type the last; a changed value is unverified and its pending code dies. */
export const save: Rule = onCitizen('write', (citizen, { rows = [] }) => {
  if (rows.length > MOST_ROWS)
    return refuse(
      1014,
      'rows of contact data',
      `at most ${MOST_ROWS} [assumed]`,
      String(rows.length),
      'send one row for each type of contact data',
    );
  const wrongType = rows.map(({ type }) => checkType(type)).find((wrong) => wrong !== undefined);
  if (wrongType) return { result: wrongType };
  const last = new Map(rows.map(({ type }, place) => [type, place]));
  let next = citizen;
  for (const [place, row] of rows.entries()) {
    const saved = saveRow(next, row, last.get(row.type) === place);
    if ('explanation' in saved) return { result: saved };
    next = saved;
  }
  const warning = repeatedTypes(rows);
  const result = warning ? { warnings: [warning] } : {};
  return next === citizen ? { result } : { result, next };
});

/** Sets the status of registered contact data. */
export const setStatus: Rule = onCitizen('write', (citizen, { type, status }) => {
  const wrongType = checkType(type);
  if (wrongType) return { result: wrongType };
  if (status === undefined || !isContactStatus(status)) {
    return refuse(
      2002,
      'PersonContactDataStatusTypeIdentifier',
      '1 not verified, 2 verified, 3 invalid [assumed]',
      String(status),
      'send a value of the code list',
    );
  }
  const data = dataOf(citizen, type);
  if (!data)
    return refuse(
      9159,
      `contact data of type ${type}`,
      'registered',
      'not registered',
      'register it first: SavePersonContactData',
    );
  const { pending: _, ...rest } = data;
  return { result: { status }, next: replaceData(citizen, data.type, { ...rest, status }) };
});

/** What is registered; also of the dead, and by a former number. */
export const read: Rule = onCitizen('read', (citizen) => ({ result: { contactData: citizen.contactData } }));
