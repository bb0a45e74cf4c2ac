// An answer in JSON as a client reads it: nobody signs those.

import type { ReadAnswer } from '../answer.ts';

/** The leaves of a JSON answer as fields, in order. */
const leaves = (value: unknown, name: string): { name: string; value: string }[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, one]) => leaves(one, Array.isArray(value) ? name : key))
    : [{ name, value: String(value) }];

export const readJson = (status: number, body: string): ReadAnswer => {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = { body };
  }
  return {
    kind: status < 400 ? 'answer' : 'fault',
    element: 'json',
    fields: leaves(json, 'value'),
    signer: undefined,
    encrypted: false,
    confirmed: false,
  };
};
