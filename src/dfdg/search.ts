// What the searches for citizens have in common: a value in the form that is compared, and the numbers of those who have it.

import { comparable, type Searched } from './register/citizen.ts';
import { refusal, type Search } from './rule.ts';

/**
 * Searches for the citizens with a value.
 *
 * @param code what a value is refused with that is none of its type
 */
export const searchFor = (type: Searched, code: 9156 | 9158): Search<string, readonly string[]> => ({
  search: (value) => {
    const form = comparable(type, value);
    return form === undefined
      ? refusal(
          code,
          'the value that is searched for',
          'a valid one',
          value,
          'send a valid number or address',
        )
      : { type, form };
  },
  found: (citizens) => citizens,
});
