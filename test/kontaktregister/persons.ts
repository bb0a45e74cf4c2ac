// Arbitrary persons and mailboxes, for properties of the register.

import fc from 'fast-check';
import type { Channel, Mailbox, Person } from '../../src/kontaktregister/register/person.ts';

export const PERSON = '12838410985';
export const PROVIDERS = ['984661185', '996460320', '988015814'] as const;

const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });
const optional = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.option(value).map((one) => (one === null ? {} : { [key]: one }));

const certificate = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const address = fc.string({ minLength: 8, maxLength: 100, unit: 'grapheme' });

const channel: fc.Arbitrary<Channel> = fc
  .tuple(
    fc.string({ minLength: 3, maxLength: 50 }),
    optional('updated', instant),
    optional('verified', instant),
  )
  .map(([value, updated, verified]) => ({ value, ...updated, ...verified }));

const mailboxRow: fc.Arbitrary<Omit<Mailbox, 'active'>> = fc
  .tuple(fc.constantFrom(...PROVIDERS), address, optional('certificate', certificate))
  .map(([provider, text, der]) => ({ provider, address: text, ...der }));

/** At most one row for each provider, at most one active, in the order of the store: by provider. */
const mailboxes: fc.Arbitrary<Mailbox[]> = fc
  .tuple(
    fc.uniqueArray(mailboxRow, { selector: ({ provider }) => provider, maxLength: PROVIDERS.length }),
    fc.option(fc.constantFrom(...PROVIDERS)),
  )
  .map(([rows, active]) =>
    rows
      .map((row) => ({ ...row, active: row.provider === active }))
      .sort((left, right) => (left.provider < right.provider ? -1 : 1)),
  );

/** Any person the register can hold. */
export const anyPerson = (id: string): fc.Arbitrary<Person> =>
  fc
    .tuple(
      fc.oneof(
        fc.constant({ status: 'AKTIV' as const }),
        optional('deletionCause', fc.constantFrom('Død', 'Utgått', 'Selvvalgt')).map((cause) => ({
          status: 'SLETTET' as const,
          ...cause,
        })),
      ),
      fc.boolean(),
      optional('mobile', channel),
      optional('email', channel),
      mailboxes,
    )
    .map(([life, reserved, mobile, email, rows]) => ({
      id,
      ...life,
      reserved,
      ...mobile,
      ...email,
      mailboxes: rows,
    }));
