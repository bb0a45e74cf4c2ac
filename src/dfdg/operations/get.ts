// GetPersonContactData: what is registered of a citizen.

import { element } from '../../xml/writer.ts';
import type { CitizenOperation } from '../operation.ts';
import type { ContactData } from '../register/citizen.ts';
import type { Rule } from '../rule.ts';
import { codeValue, textElement } from '../soap/message.ts';

/** What is registered; also of the dead, and by a former number. */
const get: Rule<undefined, readonly ContactData[]> = (citizen) => ({
  result: { answer: citizen.contactData },
});

export const getPersonContactData: CitizenOperation<undefined, readonly ContactData[]> = {
  name: 'GetPersonContactData',
  summary: 'reads the contact data of a citizen, also of a dead one and by a former number',
  basis: 'assumed',
  fields: [],
  decision: { access: 'read', rule: get },
  decode: () => undefined,
  encode: (contactData, namespace) => [
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
