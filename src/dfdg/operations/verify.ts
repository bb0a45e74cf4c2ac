// VerifyPersonContactData: verify contact data by the code that was sent to it.

import { type CitizenOperation, codeValue, composeFields, decodeCommand } from '../soap/message.ts';
import { verify } from '../verification.ts';

const fields = ['VerificationCode', 'PersonContactDataTypeIdentifier'];

export const verifyPersonContactData: CitizenOperation = {
  name: 'VerifyPersonContactData',
  summary: 'verifies contact data by a code that is used once',
  basis: 'documented',
  fields,
  decision: { rule: verify },
  decode: decodeCommand,
  encodeData: ({ status }, namespace) =>
    status === undefined ? [] : [codeValue(namespace, 'PersonContactDataStatusTypeIdentifier', status)],
  compose: (values, namespace) => composeFields(fields, values, namespace),
  examples: [{ VerificationCode: '123456', PersonContactDataTypeIdentifier: '3' }],
};
