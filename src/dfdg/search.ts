// What the searches for citizens have in common: a value in the form that is compared, and the numbers of those who have it.

import { comparableForm } from './checks.ts';
import type { Searched } from './register/citizen.ts';
import type { Search } from './rule.ts';

/**
 * Searches for the citizens with a value.
 *
 * @param code what a value is refused with that is none of its type
 */
export const searchFor = (type: Searched, code: 9156 | 9158): Search<string, readonly string[]> => ({
  search: (value) => {
    const form = comparableForm(type, value, code);
    return typeof form === 'string' ? { type, form } : form;
  },
  found: (citizens) => citizens,
});
