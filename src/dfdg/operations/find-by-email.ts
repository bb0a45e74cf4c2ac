// GetPersonByEmailAddress: the citizens with an e-mail address.

import type { CitizenOperation } from '../operation.ts';
import { EMAIL } from '../register/citizen.ts';
import { searchFor } from '../search.ts';
import { composeFields, encodeCitizens, textIn } from '../soap/message.ts';

const FIELD = 'EmailAddressIdentifier';

export const getPersonByEmailAddress: CitizenOperation<string, readonly string[]> = {
  name: 'GetPersonByEmailAddress',
  summary: 'finds the citizens with an e-mail address; one may belong to several',
  basis: 'assumed',
  fields: [FIELD],
  decision: searchFor(EMAIL, 9158),
  decode: (payload) => textIn(payload, FIELD),
  encode: encodeCitizens,
  compose: (values, namespace) => composeFields([FIELD], values, namespace),
  examples: [{ EmailAddressIdentifier: 'alma.alt@example.dk' }],
};
