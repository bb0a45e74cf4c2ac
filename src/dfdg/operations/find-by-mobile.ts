// GetPersonByMobilePhoneNumber: the citizens with a mobile number.

import type { CitizenOperation } from '../operation.ts';
import { MOBILE } from '../register/citizen.ts';
import { searchFor } from '../search.ts';
import { composeFields, encodeCitizens, textIn } from '../soap/message.ts';

const FIELD = 'MobileNumberIdentifier';

export const getPersonByMobilePhoneNumber: CitizenOperation<string, readonly string[]> = {
  name: 'GetPersonByMobilePhoneNumber',
  summary: 'finds the citizens with a mobile number; one may belong to several',
  basis: 'documented',
  fields: [FIELD],
  decision: searchFor(MOBILE, 9156),
  decode: (payload) => textIn(payload, FIELD),
  encode: encodeCitizens,
  compose: (values, namespace) => composeFields([FIELD], values, namespace),
  examples: [{ MobileNumberIdentifier: '34412304' }],
};
