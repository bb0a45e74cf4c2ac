// What the messages of both versions have in common: how requests are read, and how persons are written.

import type { XmlElement } from 'libxml2-wasm';
import type { OperationDescription } from '../../soap/service.ts';
import { children, textOf } from '../../xml/tree.ts';
import { type Attribute, type ElementNode, element, write } from '../../xml/writer.ts';
import type { Channel } from '../register/person.ts';
import type { Delivered } from './delivery.ts';
import { metadata, type Need, needs, type Version } from './version.ts';

/** The names that every operation derives from its own. */
export const namesOf = (
  operation: string,
  { messages: { uri } }: Version,
): Pick<OperationDescription, 'name' | 'request' | 'response'> => ({
  name: operation,
  request: { namespace: uri, name: `${operation}Forespoersel` },
  response: { namespace: uri, name: `${operation}Respons` },
});

const isNeed = (text: string): text is Need => (needs as readonly string[]).includes(text);

/** What was asked for; a thing that was asked for twice counts once. */
export const needsIn = (payload: XmlElement): ReadonlySet<Need> =>
  new Set(
    children(payload)
      .filter(({ name }) => name === 'informasjonsbehov')
      .map(textOf)
      .filter(isNeed),
  );

export const numbersIn = (payload: XmlElement): readonly string[] =>
  children(payload)
    .filter(({ name }) => name === 'personidentifikator')
    .map(textOf);

const iso = (instant: number): string => new Date(instant).toISOString();

const channelElement = (name: string, { value, updated, verified }: Channel): ElementNode =>
  element(
    metadata,
    name,
    [
      ...(updated === undefined ? [] : [{ name: 'sistOppdatert', value: iso(updated) }]),
      ...(verified === undefined ? [] : [{ name: 'sistVerifisert', value: iso(verified) }]),
    ],
    value,
  );

const text = (name: string, value: string): ElementNode => element(metadata, name, [], value);

const contactElement = ({ mobile, email }: NonNullable<Delivered['contact']>): ElementNode =>
  element(
    metadata,
    'Kontaktinformasjon',
    [],
    ...(mobile ? [channelElement('Mobiltelefonnummer', mobile)] : []),
    ...(email ? [channelElement('Epostadresse', email)] : []),
  );

/** What stands between status and contact information: of each version something else. */
const telling = ({ tells }: Version, { notifiable, deletionCause }: Delivered): ElementNode[] => {
  if (tells === 'beskrivelse') return deletionCause === undefined ? [] : [text(tells, deletionCause)];
  return notifiable === undefined ? [] : [text(tells, notifiable ? 'KAN_VARSLES' : 'KAN_IKKE_VARSLES')];
};

const personElement = (version: Version, person: Delivered): ElementNode => {
  const { id, reserved, status, contact, mailbox, certificate } = person;
  return element(
    metadata,
    'Person',
    [],
    text('personidentifikator', id),
    ...(reserved === undefined ? [] : [text('reservasjon', reserved ? 'JA' : 'NEI')]),
    text('status', status),
    ...telling(version, person),
    ...(contact ? [contactElement(contact)] : []),
    ...(mailbox
      ? [
          element(
            metadata,
            'SikkerDigitalPostAdresse',
            [],
            text('postkasseadresse', mailbox.address),
            text('postkasseleverandoerAdresse', mailbox.provider),
          ),
        ]
      : []),
    ...(certificate ? [text('X509Sertifikat', certificate.toString('base64'))] : []),
  );
};

/** The answer of an operation with the persons in it. */
export const personsElement = (
  version: Version,
  operation: string,
  persons: readonly Delivered[],
  attributes: readonly Attribute[] = [],
): ElementNode =>
  element(
    version.messages,
    namesOf(operation, version).response.name,
    attributes,
    // Each is written at once: a thousand trees at the same time are work for the garbage collector.
    ...persons.map((person) => ({ written: write(personElement(version, person)) })),
  );

/** Several values of a field in one text: an element for each. */
export const repeated = (version: Version, name: string, values: string | undefined): ElementNode[] =>
  (values ?? '')
    .split(/[\s,]+/)
    .filter((value) => value !== '')
    .map((value) => element(version.messages, name, [], value));
