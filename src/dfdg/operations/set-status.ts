// UpdatePersonContactDataStatus: set the status of contact data.

import { checkType } from '../checks.ts';
import type { CitizenOperation } from '../operation.ts';
import { dataOf, isContactStatus, replaceData } from '../register/citizen.ts';
import { type Rule, refuse } from '../rule.ts';
import { codeIn, composeFields } from '../soap/message.ts';

interface StatusCommand {
  readonly type: number;
  readonly status: number;
}

/** Sets the status of registered contact data. */
const setStatus: Rule<StatusCommand, undefined> = (citizen, { type, status }) => {
  const wrongType = checkType(type);
  if (wrongType) return { result: wrongType };
  if (!isContactStatus(status)) {
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
  return { result: { answer: undefined }, next: replaceData(citizen, data.type, { ...rest, status }) };
};

const fields = ['PersonContactDataTypeIdentifier', 'PersonContactDataStatusTypeIdentifier'];

export const updatePersonContactDataStatus: CitizenOperation<StatusCommand, undefined> = {
  name: 'UpdatePersonContactDataStatus',
  summary: 'sets the status of registered contact data',
  basis: 'assumed',
  fields,
  concern: ({ type }) => ({ type }),
  decision: { access: 'write', rule: setStatus },
  decode: (payload) => ({
    type: codeIn(payload, 'PersonContactDataTypeIdentifier'),
    status: codeIn(payload, 'PersonContactDataStatusTypeIdentifier'),
  }),
  encode: () => [],
  compose: (values, namespace) => composeFields(fields, values, namespace),
  examples: [{ PersonContactDataTypeIdentifier: '3', PersonContactDataStatusTypeIdentifier: '3' }],
};
