// The rules of the Danish services as pure functions: what each operation asks of the contact data, and does to it.

import { timingSafeEqual } from 'node:crypto';
import { checkType, onCitizen } from './checks.ts';
import {
  type Citizen,
  type ContactData,
  type ContactType,
  comparable,
  EMAIL,
  isContactStatus,
  isContactType,
  LANDLINE,
  type OutgoingMessage,
  toChannel,
  UNVERIFIED,
  VERIFIED,
} from './citizen.ts';
import { type ContactRow, type Refusal, type Rule, refusal, refuse } from './rule.ts';

const dataOf = (citizen: Citizen, type: number | undefined): ContactData | undefined =>
  citizen.contactData.find((one) => one.type === type);

const replaceData = (citizen: Citizen, type: ContactType, data: ContactData | undefined): Citizen => ({
  ...citizen,
  contactData: [...citizen.contactData.filter((one) => one.type !== type), ...(data ? [data] : [])].sort(
    (left, right) => left.type - right.type,
  ),
});

const VALUE_CODES = { 1: 9156, 2: 9157, 3: 9158 } as const;

const saveRow = (citizen: Citizen, { type, value }: ContactRow): Citizen | Refusal => {
  if (!isContactType(type)) return citizen;
  const before = dataOf(citizen, type);
  if (value === undefined) {
    if (type === EMAIL && before && citizen.subscriptions.length > 0) {
      return refusal(
        9155,
        'removal of the e-mail address',
        'no active huskeservice subscription',
        citizen.subscriptions.join(', '),
        'end the subscriptions first, or replace the address',
      );
    }
    return before ? replaceData(citizen, type, undefined) : citizen;
  }
  const form = comparable(type, value);
  if (form === undefined) {
    return refusal(
      VALUE_CODES[type],
      type === EMAIL ? 'e-mail address' : 'telephone number',
      type === EMAIL
        ? 'one @, no white space, at most 191 and 64 characters'
        : '3 to 20 digits, + before a country code; a number of a numbering plan',
      value.slice(0, 60),
      type === EMAIL
        ? 'send one plain address'
        : 'send eight Danish digits, or the international form with +',
    );
  }
  // The same value again changes nothing, also not its verification [A].
  if (before && comparable(type, before.value) === form) return citizen;
  return replaceData(citizen, type, { type, value, status: UNVERIFIED });
};

/** All rows or none; a changed value is unverified and its pending code dies. */
export const save: Rule = onCitizen('write', (citizen, { rows = [] }) => {
  const wrongType = rows.map(({ type }) => checkType(type)).find((wrong) => wrong !== undefined);
  if (wrongType) return { result: wrongType };
  let next = citizen;
  for (const row of rows) {
    const saved = saveRow(next, row);
    if ('explanation' in saved) return { result: saved };
    next = saved;
  }
  return next === citizen ? { result: {} } : { result: {}, next };
});

/** What verification asks of the registered data first, in this order [A]. */
const verifiable = (citizen: Citizen, type: number | undefined): ContactData | Refusal => {
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

const sameCode = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const NEW_CODE = 'ask for a new code: GetVerificationCode';

/** Verifies by a code that is used once. A wrong attempt is counted, also though it is refused. */
export const verify: Rule = onCitizen('write', (citizen, { type, code = '' }, { now, codeAttempts }) => {
  const data = verifiable(citizen, type);
  if ('explanation' in data) return { result: data };
  const { pending, ...rest } = data;
  const wrong = (found: string): Refusal =>
    refusal(
      9241,
      'VerificationCode',
      'the code that was sent',
      found,
      'read the code in the outbox (GET /_emulator/outbox)',
    );
  if (!pending) return { result: wrong('no code was asked for, or it was used or replaced') };
  if (pending.attempts >= codeAttempts)
    return refuse(9244, 'attempts', `at most ${codeAttempts}`, `${pending.attempts} wrong ones`, NEW_CODE);
  if (now >= pending.expires)
    return refuse(
      9243,
      'age of the code',
      `used before ${new Date(pending.expires).toISOString()}`,
      new Date(now).toISOString(),
      NEW_CODE,
    );
  if (!sameCode(code.trim(), pending.code)) {
    const counted = { ...data, pending: { ...pending, attempts: pending.attempts + 1 } };
    return { result: wrong('another code'), next: replaceData(citizen, data.type, counted) };
  }
  return {
    result: { status: VERIFIED },
    next: replaceData(citizen, data.type, { ...rest, status: VERIFIED }),
  };
});

const messageWith = ({ type, value }: ContactData, code: string): OutgoingMessage => ({
  channel: toChannel(type),
  address: value,
  kind: 'verification',
  code,
  text: `Din verifikationskode er ${code}`,
});

/** Makes a code and sends it; a second one replaces the first. */
export const sendCode: Rule = onCitizen('write', (citizen, { type }, { now, codeLifetime, newCode }) => {
  const data = verifiable(citizen, type);
  if ('explanation' in data) return { result: data };
  const code = newCode();
  const pending = { code, expires: now + codeLifetime, attempts: 0 };
  return {
    result: { code },
    next: { ...replaceData(citizen, data.type, { ...data, pending }), outgoing: [messageWith(data, code)] },
  };
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
