// GetPersonByMobilePhoneNumber: the citizens with a mobile number.

import { comparable, MOBILE } from '../register/citizen.ts';
import { type CitizenOperation, composeFields, decodeCommand, encodeCitizens } from '../soap/message.ts';

const fields = ['MobileNumberIdentifier'];

export const getPersonByMobilePhoneNumber: CitizenOperation = {
  name: 'GetPersonByMobilePhoneNumber',
  summary: 'finds the citizens with a mobile number; one may belong to several',
  basis: 'documented',
  fields,
  decision: {
    search: ({ telephone = '' }, find) => {
      const value = comparable(MOBILE, telephone);
      return value === undefined ? { refused: 9156 } : { citizens: find(MOBILE, value) };
    },
  },
  decode: decodeCommand,
  encodeData: encodeCitizens,
  compose: (values, namespace) => composeFields(fields, values, namespace),
  examples: [{ MobileNumberIdentifier: '34412304' }],
};
