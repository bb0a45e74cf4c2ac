// GetVerificationCode: make a code and send it to the citizen.

import type { CitizenOperation } from '../operation.ts';
import { type ContactData, type OutgoingMessage, replaceData, toChannel } from '../register/citizen.ts';
import type { Rule } from '../rule.ts';
import { codeIn, composeFields, textElement } from '../soap/message.ts';
import { recent, tooMany, verifiable, withAttempts } from '../verification.ts';

interface CodeCommand {
  readonly type: number;
}

const messageWith = ({ type, value }: ContactData, code: string): OutgoingMessage => ({
  channel: toChannel(type),
  address: value,
  kind: 'verification',
  code,
  text: `Din verifikationskode er ${code}`,
});

/** Makes a code and sends it; a second one replaces the first. */
const sendCode: Rule<CodeCommand, string | undefined> = (citizen, { type }, circumstances) => {
  const { now, codeLifetime, sentCodes, newCode, codeReturned } = circumstances;
  const data = verifiable(citizen, type);
  if ('explanation' in data) return { result: data };
  const before = recent(citizen, data.type, 'sent', sentCodes, now);
  const exhausted = tooMany('codes sent', before, sentCodes);
  if (exhausted) return { result: exhausted };
  const code = newCode();
  const pending = { code, expires: now + codeLifetime };
  const counted = withAttempts(citizen, data.type, 'sent', [...before, now]);
  return {
    result: { answer: codeReturned ? code : undefined },
    next: { ...replaceData(counted, data.type, { ...data, pending }), outgoing: [messageWith(data, code)] },
  };
};

const fields = ['PersonContactDataTypeIdentifier'];

/** Answers the code where it is returned at all. */
export const getVerificationCode: CitizenOperation<CodeCommand, string | undefined> = {
  name: 'GetVerificationCode',
  summary: 'makes a code and sends it to the registered mobile number or e-mail address',
  basis: 'assumed',
  fields,
  concern: ({ type }) => ({ type }),
  decision: { access: 'write', rule: sendCode },
  decode: (payload) => ({ type: codeIn(payload, 'PersonContactDataTypeIdentifier') }),
  encode: (code, namespace) => (code === undefined ? [] : [textElement(namespace, 'VerificationCode', code)]),
  compose: (values, namespace) => composeFields(fields, values, namespace),
  examples: [{ PersonContactDataTypeIdentifier: '3' }],
};
