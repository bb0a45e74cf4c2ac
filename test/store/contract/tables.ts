// The tables that the store's contract is tried on, of every kind.

import { collection, log, onceKeys, value } from '../../../src/store/tables.ts';

export interface Person {
  readonly id: string;
  readonly former?: string | undefined;
  readonly city?: string | undefined;
  readonly note?: string | undefined;
  readonly count?: number | undefined;
}

export const persons = collection({
  name: 't_person',
  form: 1,
  numbered: true,
  keys: [
    { name: 'former', unique: true, of: ({ former }) => former },
    { name: 'city', unique: false, of: ({ city }) => city },
  ],
  encode: (state: Person) => state,
  decode: (state) => state,
});

export interface Note {
  readonly text: string;
}

export const changes = log<Note>('t_change');

export const RECENT = { rows: 10, age: 1000 };
export const recent = log<Note>('t_recent', RECENT);

/** Bounded in number, and never by age. */
export const few = log<Note>('t_few', { rows: 3, age: Number.POSITIVE_INFINITY });

/** More than are taken before an engine may look whether there are too many. */
export const MOST = 150;
export const tokens = onceKeys('t_token', MOST);

export const list = value<readonly string[]>('t_cities', ['none yet']);

export const TABLES = [persons, changes, recent, few, tokens];
