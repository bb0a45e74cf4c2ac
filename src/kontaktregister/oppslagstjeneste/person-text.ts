// A person as XML of the metadata, written straight to text: answers hold a thousand of them, export files all of a register.

import { escapeText } from '../../xml/writer.ts';
import type { Channel } from '../register/person.ts';
import type { Delivered } from './delivery.ts';
import { metadata, type Version } from './version.ts';

const { prefix, uri } = metadata;

/** The declaration of the namespace that a person is in. */
export const declaration = `xmlns:${prefix}="${uri}"`;

const text = (name: string, value: string): string =>
  `<${prefix}:${name}>${escapeText(value)}</${prefix}:${name}>`;

const instant = (name: string, at: number | undefined): string =>
  at === undefined ? '' : ` ${name}="${new Date(at).toISOString()}"`;

const channelText = (name: string, channel: Channel | undefined): string => {
  if (!channel) return '';
  const { value, updated, verified } = channel;
  return `<${prefix}:${name}${instant('sistOppdatert', updated)}${instant('sistVerifisert', verified)}>${escapeText(value)}</${prefix}:${name}>`;
};

const contactText = ({ mobile, email }: NonNullable<Delivered['contact']>): string =>
  `<${prefix}:Kontaktinformasjon>${channelText('Mobiltelefonnummer', mobile)}${channelText('Epostadresse', email)}</${prefix}:Kontaktinformasjon>`;

const mailboxText = ({ address, provider }: NonNullable<Delivered['mailbox']>): string =>
  `<${prefix}:SikkerDigitalPostAdresse>${text('postkasseadresse', address)}${text('postkasseleverandoerAdresse', provider)}</${prefix}:SikkerDigitalPostAdresse>`;

/** What stands between status and contact information: of each version something else. */
const telling = ({ tells }: Version, { notifiable, deletionCause }: Delivered): string => {
  if (tells === 'beskrivelse') return deletionCause === undefined ? '' : text(tells, deletionCause);
  return notifiable === undefined ? '' : text(tells, notifiable ? 'KAN_VARSLES' : 'KAN_IKKE_VARSLES');
};

/**
 * A person in canonical form.
 *
 * @param declares what the element declares: nothing where something around it does
 */
export const personText = (version: Version, person: Delivered, declares = ` ${declaration}`): string => {
  const { id, reserved, status, contact, mailbox, certificate } = person;
  return [
    `<${prefix}:Person${declares}>`,
    text('personidentifikator', id),
    reserved === undefined ? '' : text('reservasjon', reserved ? 'JA' : 'NEI'),
    text('status', status),
    telling(version, person),
    contact ? contactText(contact) : '',
    mailbox ? mailboxText(mailbox) : '',
    certificate ? text('X509Sertifikat', certificate.toString('base64')) : '',
    `</${prefix}:Person>`,
  ].join('');
};
