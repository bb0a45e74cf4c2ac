// Which part of a list is asked for: in texts by an address after the question mark, in numbers by a program.

import type { Part } from '../store/tables.ts';
import { ControlError } from './problem.ts';

/** A whole number, or the text of one. */
export type Whole = number | string | undefined;

export interface PersonsAsked {
  readonly limit?: Whole;
  /** The id of the person that the list goes on after. */
  readonly cursor?: string | undefined;
}

export interface RowsAsked {
  readonly limit?: Whole;
  readonly after?: Whole;
  readonly before?: Whole;
}

/** The number of a row, of a message or of an exchange. */
export const readId = (name: string, given: Whole): number | undefined => {
  if (given === undefined) return undefined;
  const id = Number(given);
  if (!/^\d+$/.test(String(given)) || !Number.isSafeInteger(id))
    throw new ControlError(400, `${name} is the number of a row, not ${given}`);
  return id;
};

/** The most persons that may be asked for with a limit; the list without one is whole. */
const MOST_PERSONS = 10_000;
const MOST_ROWS = 1000;
const USUAL_ROWS = 100;

/** How many rows are wanted; undefined: no limit was given. */
const readLimit = (given: Whole, most: number, onward: string): number | undefined => {
  if (given === undefined) return undefined;
  const limit = Number(given);
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new ControlError(400, `limit is a whole number from 1, not ${given}`);
  if (limit > most) throw new ControlError(400, `limit is at most ${most}, not ${given}: ${onward}`);
  return limit;
};

/** How many persons are wanted; undefined: all of them. */
export const readPersons = ({ limit }: PersonsAsked): number | undefined =>
  readLimit(
    limit,
    MOST_PERSONS,
    'ask for more with cursor (the id of the last person), or leave it out for all',
  );

/** How many of the newest exchanges are wanted. */
export const readExchanges = ({ limit }: RowsAsked): number =>
  readLimit(limit, MOST_ROWS, 'ask for older exchanges with before (the number of the last one)') ??
  USUAL_ROWS;

/** Which rows of a log are wanted: the newest hundred by default, a thousand at most. */
export const readPart = ({ limit, after, before }: RowsAsked): Part => ({
  limit: readLimit(limit, MOST_ROWS, 'ask for older rows with before (the id of the last row)') ?? USUAL_ROWS,
  after: readId('after', after),
  before: readId('before', before),
});
