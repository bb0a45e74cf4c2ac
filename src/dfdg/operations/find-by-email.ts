// GetPersonByEmailAddress: the citizens with an e-mail address.

import { comparable, EMAIL } from '../register/citizen.ts';
import { type CitizenOperation, composeFields, decodeCommand, encodeCitizens } from '../soap/message.ts';

const fields = ['EmailAddressIdentifier'];

export const getPersonByEmailAddress: CitizenOperation = {
  name: 'GetPersonByEmailAddress',
  summary: 'finds the citizens with an e-mail address; one may belong to several',
  basis: 'assumed',
  fields,
  decision: {
    search: ({ email = '' }, find) => {
      const value = comparable(EMAIL, email);
      return value === undefined ? { refused: 9158 } : { citizens: find(EMAIL, value) };
    },
  },
  decode: decodeCommand,
  encodeData: encodeCitizens,
  compose: (values, namespace) => composeFields(fields, values, namespace),
  examples: [{ EmailAddressIdentifier: 'alma.alt@example.dk' }],
};
