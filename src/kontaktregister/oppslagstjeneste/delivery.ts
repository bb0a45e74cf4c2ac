// What is delivered of a person: by what was asked for, by status and reservation, and by how old the contact information is.

import { isFresh } from '../register/lifetime.ts';
import type { Channel, DeletionCause, Mailbox, Person } from '../register/person.ts';
import type { Need } from './version.ts';

/** A person as the service delivers one; what is left out is undefined. */
export interface Delivered {
  readonly id: string;
  readonly reserved?: boolean;
  readonly status: 'AKTIV' | 'SLETTET' | 'IKKE_REGISTRERT';
  readonly notifiable?: boolean;
  readonly deletionCause?: DeletionCause;
  readonly contact?: { readonly mobile?: Channel; readonly email?: Channel };
  readonly mailbox?: Pick<Mailbox, 'address' | 'provider'>;
  /** DER. */
  readonly certificate?: Buffer;
}

/** One fresh channel is enough [A]. */
const isNotifiable = (person: Person | undefined, now: number): boolean =>
  person?.status === 'AKTIV' &&
  !person.reserved &&
  [person.mobile, person.email].some((channel) => channel && isFresh(channel, now));

const contactOf = ({ mobile, email }: Person): Pick<Delivered, 'contact'> =>
  mobile || email ? { contact: { ...(mobile ? { mobile } : {}), ...(email ? { email } : {}) } } : {};

const mailboxOf = (
  { reserved, mailboxes }: Person,
  asked: ReadonlySet<Need>,
): Pick<Delivered, 'mailbox' | 'certificate'> => {
  const active = reserved ? undefined : mailboxes.find((mailbox) => mailbox.active);
  if (!active) return {};
  const { provider, address, certificate } = active;
  return {
    ...(asked.has('SikkerDigitalPost') ? { mailbox: { provider, address } } : {}),
    ...(asked.has('Sertifikat') && certificate ? { certificate } : {}),
  };
};

/** Status and reservation are always delivered [D]; the rest only of somebody who is AKTIV. */
const deliver = (person: Person, asked: ReadonlySet<Need>): Delivered => {
  const { id, reserved, status, deletionCause } = person;
  const always = { id, reserved, status, ...(deletionCause === undefined ? {} : { deletionCause }) };
  if (status !== 'AKTIV') return always;
  return { ...always, ...(asked.has('Kontaktinfo') ? contactOf(person) : {}), ...mailboxOf(person, asked) };
};

/**
 * What HentPersoner delivers. Where it is asked for whether the person can be notified, and he or she cannot, nothing else is
 * delivered than what always is.
 *
 * @param now the register hand of the clock, in milliseconds since 1970
 */
export const lookedUp = (
  id: string,
  person: Person | undefined,
  asked: ReadonlySet<Need>,
  now: number,
): Delivered => {
  const filtering = asked.has('VarslingsStatus');
  const notifiable = isNotifiable(person, now);
  const told = filtering ? { notifiable } : {};
  if (!person) return { id, status: 'IKKE_REGISTRERT', ...told };
  return { ...deliver(person, filtering && !notifiable ? new Set() : asked), ...told };
};

/** What HentEndringer delivers: contact information always, and nothing is left out for its age [D]. */
export const changed = (person: Person, asked: ReadonlySet<Need>): Delivered =>
  deliver(person, new Set([...asked, 'Kontaktinfo'] as const));
