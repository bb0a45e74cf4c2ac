// VerifyPersonContactData: verify contact data by the code that was sent to it.

import { timingSafeEqual } from 'node:crypto';
import type { CitizenOperation } from '../operation.ts';
import { type ContactStatus, replaceData, VERIFIED } from '../register/citizen.ts';
import { type Rule, refusal } from '../rule.ts';
import { codeIn, codeValue, composeFields, textIn } from '../soap/message.ts';
import { recent, tooMany, verifiable, withAttempts } from '../verification.ts';

interface VerifyCommand {
  readonly type: number;
  readonly code: string;
}

const sameCode = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const NEW_CODE = 'ask for a new code: GetVerificationCode';

/** Verifies by a code that is used once. A wrong one is counted, also though it is refused. */
const verify: Rule<VerifyCommand, ContactStatus> = (citizen, { type, code }, { now, wrongCodes }) => {
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
    result: { answer: VERIFIED },
    next: replaceData(citizen, data.type, { ...rest, status: VERIFIED }),
  };
};

const fields = ['VerificationCode', 'PersonContactDataTypeIdentifier'];

/** Answers the status that the contact data has now. */
export const verifyPersonContactData: CitizenOperation<VerifyCommand, ContactStatus> = {
  name: 'VerifyPersonContactData',
  summary: 'verifies contact data by a code that is used once',
  basis: 'documented',
  fields,
  concern: ({ type, code }) => ({ type, code }),
  decision: { access: 'write', rule: verify },
  decode: (payload) => ({
    type: codeIn(payload, 'PersonContactDataTypeIdentifier'),
    code: textIn(payload, 'VerificationCode'),
  }),
  encode: (status, namespace) => [codeValue(namespace, 'PersonContactDataStatusTypeIdentifier', status)],
  compose: (values, namespace) => composeFields(fields, values, namespace),
  examples: [{ VerificationCode: '123456', PersonContactDataTypeIdentifier: '3' }],
};
