// What addresses of the control interface ask for after the question mark.

import { ControlError } from './problem.ts';

export type Query = Readonly<Record<string, string | undefined>>;

/** The id of the last message that was seen; 0 by default. */
export const readAfter = (text = '0'): number => {
  const after = Number(text);
  if (!Number.isSafeInteger(after) || after < 0)
    throw new ControlError(400, `after is the id of a message, not ${text}`);
  return after;
};

/** Norway by default. */
export const countryOf = (query: unknown): string => {
  const { country = 'no' } = query as Query;
  if (country !== 'no' && country !== 'dk')
    throw new ControlError(400, `country is no or dk, not ${country}`);
  return country;
};

/** The most rows that may be asked for at once. */
const MOST_ROWS = 10_000;

/** How many rows are wanted; undefined: no limit was given. */
export const readLimit = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MOST_ROWS)
    throw new ControlError(400, `limit is a whole number from 1 to ${MOST_ROWS}, not ${text}`);
  return limit;
};
