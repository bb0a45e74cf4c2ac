// The tables that the store's contract is tried on, of every kind.

import * as z from 'zod';
import { collection, log, onceKeys, value } from '../../../src/store/tables.ts';

const person = z.readonly(
  z.object({
    id: z.string(),
    former: z.optional(z.string()),
    city: z.optional(z.string()),
    note: z.optional(z.string()),
    count: z.optional(z.number()),
  }),
);
export type Person = z.infer<typeof person>;

export const persons = collection<Person>({
  name: 't_person',
  form: 1,
  numbered: true,
  keys: [
    { name: 'former', unique: true, of: ({ former }) => former },
    { name: 'city', unique: false, of: ({ city }) => city },
  ],
  encode: (state) => state,
  decode: (json) => person.parse(json),
});

const note = z.readonly(z.object({ text: z.string() }));
export type Note = z.infer<typeof note>;

export const changes = log<Note>('t_change', (json) => note.parse(json));

export const RECENT = { rows: 10, age: 1000 };
export const recent = log<Note>('t_recent', (json) => note.parse(json), RECENT);

/** More than are taken before an engine may look whether there are too many. */
export const MOST = 150;
export const tokens = onceKeys('t_token', MOST);

const cities = z.readonly(z.array(z.string()));
export const list = value('t_cities', (json) => cities.parse(json), ['none yet']);

export const TABLES = [persons, changes, recent, tokens];
