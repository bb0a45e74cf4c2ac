// Numbers among the options.

import { ConfigurationError } from '../kernel/user-error.ts';

/** @throws ConfigurationError where the text is no whole number from 0 */
export const wholeNumber = (option: string, text: string): number => {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new ConfigurationError(`--${option} is a whole number from 0, not ${text}`);
};
