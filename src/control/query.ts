// What addresses of the control interface ask for after the question mark.

import type { Part } from '../dfdg/logs.ts';
import { ControlError } from './problem.ts';

export type Query = Readonly<Record<string, string | undefined>>;

/** The number of a row, of a message or of an exchange. */
export const readId = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const id = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(id))
    throw new ControlError(400, `${name} is the number of a row, not ${text}`);
  return id;
};

/** Norway by default. */
export const countryOf = (query: unknown): string => {
  const { country = 'no' } = query as Query;
  if (country !== 'no' && country !== 'dk')
    throw new ControlError(400, `country is no or dk, not ${country}`);
  return country;
};

/** How many rows are wanted; undefined: no limit was given. */
export const readLimit = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new ControlError(400, `limit is a whole number from 1, not ${text}`);
  return limit;
};

const USUAL_ROWS = 100;
const MOST_ROWS = 1000;

/** Which rows of a log are wanted: the newest hundred by default, a thousand at most. */
export const readPart = ({ limit, after, before }: Query): Part => {
  const rows = readLimit(limit) ?? USUAL_ROWS;
  if (rows > MOST_ROWS)
    throw new ControlError(
      400,
      `limit is at most ${MOST_ROWS}, not ${limit}: ask for older rows with before=<id of the last row>`,
    );
  return { limit: rows, after: readId('after', after), before: readId('before', before) };
};
