// Tables with the names that an upgrade fills, whose rows are read as they are.

import { collection, log, onceKeys } from '../../../src/store/tables.ts';

interface Citizen {
  readonly id: string;
  readonly formerId?: string;
  readonly cvCustomerIdentifier?: string;
  readonly contactData: readonly { readonly type: number; readonly value: string }[];
}

const dataOf =
  (type: number) =>
  ({ contactData }: Citizen): string | undefined =>
    contactData.find((one) => one.type === type)?.value.toLowerCase();

/** @param onCitizen is told before a citizen is read */
export const takenOver = (onCitizen: () => void = () => undefined) => ({
  persons: collection({
    name: 'no_person',
    form: 1,
    numbered: true,
    keys: [],
    encode: (state: { readonly id: string }) => state,
    decode: (state) => state,
  }),
  citizens: collection({
    name: 'dk_citizen',
    form: 1,
    keys: [
      { name: 'cv', unique: true, of: ({ cvCustomerIdentifier }) => cvCustomerIdentifier },
      { name: 'former', unique: true, of: ({ formerId }) => formerId },
      { name: 'mobile', unique: false, of: dataOf(1) },
      { name: 'email', unique: false, of: dataOf(3) },
    ],
    encode: (state: Citizen) => state,
    decode: (state) => {
      onCitizen();
      return state;
    },
  }),
  changes: log('no_change'),
  outbox: log('dk_outbox', { rows: 100, age: 1e15 }),
  accesses: log('dk_access', { rows: 100, age: 1e15 }),
  requests: onceKeys('dk_request', 100_000),
});
