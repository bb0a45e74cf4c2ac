// The rules of verification as pure functions: a code is sent, used once, and neither guessed nor asked for without end.

import { timingSafeEqual } from 'node:crypto';
import { checkType, onCitizen } from './checks.ts';
import {
  type Citizen,
  type CodeAttempts,
  type ContactData,
  type ContactType,
  dataOf,
  LANDLINE,
  type OutgoingMessage,
  replaceData,
  toChannel,
  VERIFIED,
} from './register/citizen.ts';
import { type Limit, type Refusal, type Rule, refusal } from './rule.ts';

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

type Kind = Exclude<keyof CodeAttempts, 'type'>;

/** What still counts; what the clock was set back behind does not. */
const recent = (
  { attempts }: Citizen,
  type: ContactType,
  kind: Kind,
  { within }: Limit,
  now: number,
): readonly number[] =>
  (attempts.find((one) => one.type === type)?.[kind] ?? []).filter((at) => at <= now && now - at < within);

const withAttempts = (citizen: Citizen, type: ContactType, kind: Kind, times: readonly number[]): Citizen => {
  const before = citizen.attempts.find((one) => one.type === type) ?? { type, wrong: [], sent: [] };
  return {
    ...citizen,
    attempts: [...citizen.attempts.filter((one) => one.type !== type), { ...before, [kind]: times }].sort(
      (left, right) => left.type - right.type,
    ),
  };
};

/** 9244 [A]: so many within the time that one more is refused, whatever it says. */
const tooMany = (what: string, times: readonly number[], { most, within }: Limit): Refusal | undefined => {
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

const NEW_CODE = 'ask for a new code: GetVerificationCode';

/** Verifies by a code that is used once. A wrong one is counted, also though it is refused. */
export const verify: Rule = onCitizen('write', (citizen, { type, code = '' }, { now, wrongCodes }) => {
  const data = verifiable(citizen, type);
  if ('explanation' in data) return { result: data };
  const before = recent(citizen, data.type, 'wrong', wrongCodes, now);
  const exhausted = tooMany('wrong codes', before, wrongCodes);
  if (exhausted) return { result: exhausted };
  const { pending, ...rest } = data;
  if (pending && now >= pending.expires) {
    return {
      result: refusal(
        9243,
        'age of the code',
        `used before ${new Date(pending.expires).toISOString()}`,
        new Date(now).toISOString(),
        NEW_CODE,
      ),
    };
  }
  if (!pending || !sameCode(code.trim(), pending.code)) {
    return {
      result: refusal(
        9241,
        'VerificationCode',
        'the code that was sent',
        pending ? 'another code' : 'no code was asked for, or it was used or replaced',
        'read the code in the outbox (GET /_emulator/outbox)',
      ),
      next: withAttempts(citizen, data.type, 'wrong', [...before, now]),
    };
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
export const sendCode: Rule = onCitizen('write', (citizen, { type }, circumstances) => {
  const { now, codeLifetime, sentCodes, newCode } = circumstances;
  const data = verifiable(citizen, type);
  if ('explanation' in data) return { result: data };
  const before = recent(citizen, data.type, 'sent', sentCodes, now);
  const exhausted = tooMany('codes sent', before, sentCodes);
  if (exhausted) return { result: exhausted };
  const code = newCode();
  const pending = { code, expires: now + codeLifetime };
  const counted = withAttempts(citizen, data.type, 'sent', [...before, now]);
  return {
    result: { code },
    next: { ...replaceData(counted, data.type, { ...data, pending }), outgoing: [messageWith(data, code)] },
  };
});
