// GetPersonContactData: what is registered of a citizen.

import { element } from '../../xml/writer.ts';
import { read } from '../register.ts';
import { type CitizenOperation, codeValue, decodeCommand, textElement } from '../soap/message.ts';

export const getPersonContactData: CitizenOperation = {
  name: 'GetPersonContactData',
  summary: 'reads the contact data of a citizen, also of a dead one and by a former number',
  basis: 'assumed',
  fields: [],
  decision: { rule: read },
  decode: decodeCommand,
  encodeData: ({ contactData = [] }, namespace) => [
    element(
      namespace,
      'PersonContactDataCollection',
      [],
      ...contactData.map(({ type, value, status }) =>
        element(
          namespace,
          'PersonContactData',
          [],
          textElement(namespace, 'PersonContactData', value),
          codeValue(namespace, 'PersonContactDataTypeIdentifier', type),
          codeValue(namespace, 'PersonContactDataStatusTypeIdentifier', status),
        ),
      ),
    ),
  ],
  compose: () => [],
  examples: [{}],
};
