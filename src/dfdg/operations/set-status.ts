// UpdatePersonContactDataStatus: set the status of contact data.

import { setStatus } from '../register.ts';
import { type CitizenOperation, composeFields, decodeCommand } from '../soap/message.ts';

const fields = ['PersonContactDataTypeIdentifier', 'PersonContactDataStatusTypeIdentifier'];

export const updatePersonContactDataStatus: CitizenOperation = {
  name: 'UpdatePersonContactDataStatus',
  summary: 'sets the status of registered contact data',
  basis: 'assumed',
  fields,
  decision: { rule: setStatus },
  decode: decodeCommand,
  encodeData: () => [],
  compose: (values, namespace) => composeFields(fields, values, namespace),
  examples: [{ PersonContactDataTypeIdentifier: '3', PersonContactDataStatusTypeIdentifier: '3' }],
};
