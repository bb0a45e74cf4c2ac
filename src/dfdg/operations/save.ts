// SavePersonContactData: register, replace or remove contact data.

import { element } from '../../xml/writer.ts';
import { save } from '../register.ts';
import { type CitizenOperation, composeFields, decodeCommand } from '../soap/message.ts';

const fields = ['PersonContactData', 'PersonContactDataTypeIdentifier'];

export const savePersonContactData: CitizenOperation = {
  name: 'SavePersonContactData',
  summary:
    'registers, replaces or (without a value) removes contact data; all rows or none, and of rows of one type the last counts',
  basis: 'documented',
  fields,
  decision: { rule: save },
  decode: decodeCommand,
  encodeData: () => [],
  // The command line sends one row.
  compose: (values, namespace) => [
    element(
      namespace,
      'PersonContactDataCollection',
      [],
      element(namespace, 'PersonContactData', [], ...composeFields(fields, values, namespace)),
    ),
  ],
  examples: [{ PersonContactData: 'borger@example.dk', PersonContactDataTypeIdentifier: '3' }],
};
