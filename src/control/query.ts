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

/** The most persons that may be asked for with a limit; the list without one is whole. */
const MOST_PERSONS = 10_000;
const MOST_ROWS = 1000;
const USUAL_ROWS = 100;

/** How many rows are wanted; undefined: no limit was given. */
const readLimit = (text: string | undefined, most: number, onward: string): number | undefined => {
  if (text === undefined) return undefined;
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new ControlError(400, `limit is a whole number from 1, not ${text}`);
  if (limit > most) throw new ControlError(400, `limit is at most ${most}, not ${text}: ${onward}`);
  return limit;
};

/** How many persons are wanted; undefined: all of them. */
export const readPersons = ({ limit }: Query): number | undefined =>
  readLimit(limit, MOST_PERSONS, 'ask for more with cursor=<id of the last person>, or leave it out for all');

/** How many of the newest exchanges are wanted. */
export const readExchanges = ({ limit }: Query): number =>
  readLimit(limit, MOST_ROWS, 'the journal keeps no more') ?? USUAL_ROWS;

/** Which rows of a log are wanted: the newest hundred by default, a thousand at most. */
export const readPart = ({ limit, after, before }: Query): Part => ({
  limit: readLimit(limit, MOST_ROWS, 'ask for older rows with before=<id of the last row>') ?? USUAL_ROWS,
  after: readId('after', after),
  before: readId('before', before),
});
