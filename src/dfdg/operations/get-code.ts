// GetVerificationCode: make a code and send it to the citizen.

import { type CitizenOperation, composeFields, decodeCommand, textElement } from '../soap/message.ts';
import { sendCode } from '../verification.ts';

const fields = ['PersonContactDataTypeIdentifier'];

export const getVerificationCode: CitizenOperation = {
  name: 'GetVerificationCode',
  summary: 'makes a code and sends it to the registered mobile number or e-mail address',
  basis: 'assumed',
  fields,
  decision: { rule: sendCode },
  decode: decodeCommand,
  encodeData: ({ code }, namespace) =>
    code === undefined ? [] : [textElement(namespace, 'VerificationCode', code)],
  compose: (values, namespace) => composeFields(fields, values, namespace),
  examples: [{ PersonContactDataTypeIdentifier: '3' }],
};
