// What is delivered of a person: by what was asked for, by status and reservation, and by how old the contact information is.

import { freshSince, isFresh } from '../register/lifetime.ts';
import type { Channel, DeletionCause, Mailbox, Person } from '../register/person.ts';
import type { Need } from './version.ts';

type Writable<Content> = { -readonly [Name in keyof Content]: Content[Name] };

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
const isNotifiable = (person: Person | undefined, since: number): boolean => {
  if (person?.status !== 'AKTIV' || person.reserved) return false;
  const { mobile, email } = person;
  return (mobile !== undefined && isFresh(mobile, since)) || (email !== undefined && isFresh(email, since));
};

const contactOf = ({ mobile, email }: Person): Delivered['contact'] => {
  if (mobile && email) return { mobile, email };
  if (mobile) return { mobile };
  return email && { email };
};

/** Status and reservation are always delivered [D]; the rest only of somebody who is AKTIV. */
const deliver = (person: Person, asked: ReadonlySet<Need>): Writable<Delivered> => {
  const { id, reserved, status, deletionCause, mailboxes } = person;
  const told: Writable<Delivered> = { id, reserved, status };
  if (deletionCause !== undefined) told.deletionCause = deletionCause;
  if (status !== 'AKTIV') return told;
  const contact = asked.has('Kontaktinfo') ? contactOf(person) : undefined;
  if (contact) told.contact = contact;
  const active = reserved ? undefined : mailboxes.find((mailbox) => mailbox.active);
  if (!active) return told;
  const { provider, address, certificate } = active;
  if (asked.has('SikkerDigitalPost')) told.mailbox = { provider, address };
  if (certificate && asked.has('Sertifikat')) told.certificate = certificate;
  return told;
};

const NOTHING: ReadonlySet<Need> = new Set();

/**
 * What HentPersoner delivers to one request. Where it is asked for whether the person can be notified, and he or she cannot,
 * nothing else is delivered than what always is.
 *
 * @param now the register hand of the clock, in milliseconds since 1970
 */
export const lookedUp = (
  asked: ReadonlySet<Need>,
  now: number,
): ((id: string, person: Person | undefined) => Delivered) => {
  const filtering = asked.has('VarslingsStatus');
  const since = freshSince(now);
  return (id, person) => {
    const notifiable = isNotifiable(person, since);
    const delivered: Writable<Delivered> = person
      ? deliver(person, filtering && !notifiable ? NOTHING : asked)
      : { id, status: 'IKKE_REGISTRERT' };
    if (filtering) delivered.notifiable = notifiable;
    return delivered;
  };
};

/** What HentEndringer delivers to one request: contact information always, and nothing is left out for its age [D]. */
export const changed = (asked: ReadonlySet<Need>): ((person: Person) => Delivered) => {
  const told = new Set([...asked, 'Kontaktinfo'] as const);
  return (person) => deliver(person, told);
};
