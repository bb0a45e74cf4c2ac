// What the files of a country are read by.

import { UserError } from '../../kernel/user-error.ts';
import { contracts } from '../contracts.ts';
import type { Way } from './persons-in.ts';

/** @throws UserError where no file of the country is read */
export const wayOf = (country: string): Way => {
  const reading = contracts.find((one) => one.country === country)?.reading;
  if (reading) return { country, reading };
  throw new UserError(`no file of ${country} is read`);
};
