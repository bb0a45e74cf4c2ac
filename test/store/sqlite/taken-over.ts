// Tables with the names that an upgrade fills, whose rows are read as they are.

import * as z from 'zod';
import { collection, log, onceKeys } from '../../../src/store/tables.ts';

const person = z.looseObject({ id: z.string() });
const citizen = z.looseObject({
  id: z.string(),
  formerId: z.optional(z.string()),
  cvCustomerIdentifier: z.optional(z.string()),
  contactData: z.array(z.looseObject({ type: z.number(), value: z.string() })),
});
type Citizen = z.infer<typeof citizen>;
const row = z.looseObject({});

const dataOf =
  (type: number) =>
  ({ contactData }: Citizen): string | undefined =>
    contactData.find((one) => one.type === type)?.value.toLowerCase();

/** @param onCitizen is told of each citizen that is read, before it is known */
export const takenOver = (onCitizen: (json: unknown) => void = () => undefined) => ({
  persons: collection({
    name: 'no_person',
    form: 1,
    numbered: true,
    keys: [],
    encode: (state: z.infer<typeof person>) => state,
    decode: (json) => person.parse(json),
  }),
  citizens: collection<Citizen>({
    name: 'dk_citizen',
    form: 1,
    keys: [
      { name: 'cv', unique: true, of: ({ cvCustomerIdentifier }) => cvCustomerIdentifier },
      { name: 'former', unique: true, of: ({ formerId }) => formerId },
      { name: 'mobile', unique: false, of: dataOf(1) },
      { name: 'email', unique: false, of: dataOf(3) },
    ],
    encode: (state) => state,
    decode: (json) => {
      onCitizen(json);
      return citizen.parse(json);
    },
  }),
  changes: log('no_change', (json) => row.parse(json)),
  outbox: log('dk_outbox', (json) => row.parse(json), { rows: 100, age: 1e15 }),
  accesses: log('dk_access', (json) => row.parse(json), { rows: 100, age: 1e15 }),
  requests: onceKeys('dk_request', 100_000),
});
