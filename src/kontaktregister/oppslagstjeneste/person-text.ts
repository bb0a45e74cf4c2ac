// A person as XML of the metadata, written straight to text: answers hold a thousand of them, export files all of a register.

import { isoInstant } from '../../kernel/iso-instant.ts';
import { escapeText } from '../../xml/writer.ts';
import type { Channel } from '../register/person.ts';
import type { Delivered } from './delivery.ts';
import { metadata, type Version } from './version.ts';

const { prefix, uri } = metadata;

/** The declaration of the namespace that a person is in. */
export const declaration = `xmlns:${prefix}="${uri}"`;

// Tags are put together once: each piece that a text is made of costs again when it is written out.
const opening = (name: string): string => `<${prefix}:${name}>`;
const closing = (name: string): string => `</${prefix}:${name}>`;

/** What writes an element with a text in it. */
const texts = (name: string): ((value: string) => string) => {
  const [before, after] = [opening(name), closing(name)];
  return (value) => before + escapeText(value) + after;
};

const channels = (name: string): ((channel: Channel | undefined) => string) => {
  const [before, after] = [`<${prefix}:${name}`, closing(name)];
  return (channel) => {
    if (!channel) return '';
    const { value, updated, verified } = channel;
    let written = before;
    if (updated !== undefined) written += ` sistOppdatert="${isoInstant(updated)}"`;
    if (verified !== undefined) written += ` sistVerifisert="${isoInstant(verified)}"`;
    return `${written}>${escapeText(value)}${after}`;
  };
};

const idText = texts('personidentifikator');
const statusText = texts('status');
const certificateText = texts('X509Sertifikat');
const reservationText = texts('reservasjon');
const reservedText = reservationText('JA');
const unreservedText = reservationText('NEI');
const notificationText = texts('varslingsstatus');
const notifiableText = notificationText('KAN_VARSLES');
const unnotifiableText = notificationText('KAN_IKKE_VARSLES');
const causeText = texts('beskrivelse');
const mobileText = channels('Mobiltelefonnummer');
const emailText = channels('Epostadresse');
const contactTags = [opening('Kontaktinformasjon'), closing('Kontaktinformasjon')] as const;
const addressText = texts('postkasseadresse');
const providerText = texts('postkasseleverandoerAdresse');
const mailboxTags = [opening('SikkerDigitalPostAdresse'), closing('SikkerDigitalPostAdresse')] as const;

const contactText = ({ mobile, email }: NonNullable<Delivered['contact']>): string =>
  contactTags[0] + mobileText(mobile) + emailText(email) + contactTags[1];

const mailboxText = ({ address, provider }: NonNullable<Delivered['mailbox']>): string =>
  mailboxTags[0] + addressText(address) + providerText(provider) + mailboxTags[1];

/** What stands between status and contact information: of each version something else. */
const telling = ({ tells }: Version, { notifiable, deletionCause }: Delivered): string => {
  if (tells === 'beskrivelse') return deletionCause === undefined ? '' : causeText(deletionCause);
  if (notifiable === undefined) return '';
  return notifiable ? notifiableText : unnotifiableText;
};

/**
 * A person in canonical form.
 *
 * @param declares what the element declares: nothing where something around it does
 */
export const personText = (version: Version, person: Delivered, declares = ` ${declaration}`): string => {
  const { id, reserved, status, contact, mailbox, certificate } = person;
  let written = `<${prefix}:Person${declares}>${idText(id)}`;
  if (reserved !== undefined) written += reserved ? reservedText : unreservedText;
  written += statusText(status) + telling(version, person);
  if (contact) written += contactText(contact);
  if (mailbox) written += mailboxText(mailbox);
  if (certificate) written += certificateText(certificate.toString('base64'));
  return `${written}</${prefix}:Person>`;
};
