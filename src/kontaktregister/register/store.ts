// What the register keeps: persons, and the log that every change of one is in.

import type { Write } from '../../store/engine.ts';
import { collection, log } from '../../store/tables.ts';
import type { Mailbox, Person } from './person.ts';

/** A person as JSON: certificates in Base64. */
interface PersonText extends Omit<Person, 'mailboxes'> {
  readonly mailboxes: readonly (Omit<Mailbox, 'certificate'> & { readonly certificate?: string })[];
}

const mailboxText = ({ certificate, provider, address, active }: Mailbox): PersonText['mailboxes'][number] =>
  certificate
    ? { provider, address, active, certificate: certificate.toString('base64') }
    : { provider, address, active };

export const persons = collection<Person, PersonText>({
  name: 'no_person',
  form: 1,
  numbered: true,
  keys: [],
  encode: (person) => ({ ...person, mailboxes: person.mailboxes.map(mailboxText) }),
  decode: (text) => ({
    ...text,
    mailboxes: text.mailboxes.map(({ certificate, ...mailbox }) => ({
      ...mailbox,
      ...(certificate === undefined ? {} : { certificate: Buffer.from(certificate, 'base64') }),
    })),
  }),
});

/** A person of whom nothing is left but that there was one: who follows the changes must learn of it. */
export const deleted = ({ id }: Person): Person => ({
  id,
  status: 'SLETTET',
  reserved: false,
  mailboxes: [],
});

/** A change of a person; its number is the endringsnummer. */
export interface Change {
  readonly person: string;
  /** The operation, or `emulator` for a change by the control interface or a seed. */
  readonly cause: string;
  readonly organisation?: string | undefined;
  /** The number of the exchange that asked for it; undefined where none did. */
  readonly exchange?: number | undefined;
}

export const changes = log<Change>('no_change');

/**
 * Keeps a person, and puts that into the log of changes.
 *
 * @param at the register hand of the clock, in milliseconds since 1970
 */
export const keep = (person: Person, at: number, because: Omit<Change, 'person'>): Write =>
  persons.save(person, changes.entry(at, { person: person.id, ...because }));
