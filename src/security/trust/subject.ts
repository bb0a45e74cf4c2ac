// What the names in a certificate say: their attributes, and the organisation number where there is one.

import type { Name } from '@peculiar/asn1-x509';

/** An organisation number and the subject attribute it was found in. */
export interface Organisation {
  readonly number: string;
  readonly attribute: 'organizationIdentifier' | 'serialNumber' | 'commonName';
}

/** One attribute of a name: its OID and its text. */
export interface SubjectAttribute {
  readonly type: string;
  readonly text: string;
}

const ORGANIZATION_IDENTIFIER = '2.5.4.97';
const SERIAL_NUMBER = '2.5.4.5';
export const COMMON_NAME = '2.5.4.3';
export const EMAIL_ADDRESS = '1.2.840.113549.1.9.1';

/** What names an organisation. */
export const ORGANISATION_NAMES: readonly string[] = ['2.5.4.10', ORGANIZATION_IDENTIFIER];

const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.6': 'C',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.7': 'L',
  [COMMON_NAME]: 'CN',
  [SERIAL_NUMBER]: 'serialNumber',
  [ORGANIZATION_IDENTIFIER]: 'organizationIdentifier',
};

/** The attributes in order, by OID. */
export const attributesOf = (name: Name): SubjectAttribute[] =>
  name.flatMap((set) => set.map(({ type, value }) => ({ type, text: value.toString() })));

/** A name as one line. */
export const printName = (name: Name): string =>
  attributesOf(name)
    .map(({ type, text }) => `${ATTRIBUTE_NAMES[type] ?? type}=${text}`)
    .join(', ');

const textsOf = (attributes: readonly SubjectAttribute[], wanted: string): string[] =>
  attributes.filter(({ type }) => type === wanted).map(({ text }) => text);

/** An identifying attribute that is there twice names two, and so nobody. */
const twice = (attributes: readonly SubjectAttribute[]): string | undefined =>
  [ORGANIZATION_IDENTIFIER, SERIAL_NUMBER].find((type) => textsOf(attributes, type).length > 1);

/**
 * The organisation number, by the order in which real certificates of the two SEID generations carry it [O]. Where there
 * is an organizationIdentifier, it alone counts: one of another country's scheme is no reason to look elsewhere.
 */
export const organisationOf = (name: Name): Organisation | undefined => {
  const attributes = attributesOf(name);
  if (twice(attributes)) return undefined;
  const [identifier] = textsOf(attributes, ORGANIZATION_IDENTIFIER);
  const sources: [string[], RegExp, Organisation['attribute']][] =
    identifier !== undefined
      ? [[[identifier], /^(?:NTRNO-)?(\d{9})$/, 'organizationIdentifier']]
      : [
          [textsOf(attributes, SERIAL_NUMBER), /^(\d{9})$/, 'serialNumber'],
          [textsOf(attributes, COMMON_NAME), /^(\d{9})$/, 'commonName'],
        ];
  for (const [texts, pattern, attribute] of sources) {
    const numbers = texts.flatMap((text) => pattern.exec(text)?.[1] ?? []);
    const [number] = numbers;
    if (number !== undefined) return numbers.length === 1 ? { number, attribute } : undefined;
  }
  return undefined;
};

/** Why a subject names no organisation, where there is more to say than that it does not; undefined where there is not. */
export const whyNoOrganisation = (attributes: readonly SubjectAttribute[]): string | undefined => {
  const type = twice(attributes);
  if (type) {
    const texts = textsOf(attributes, type);
    return `${texts.length} attributes ${ATTRIBUTE_NAMES[type]}: ${texts.join(', ')}`;
  }
  const [identifier] = textsOf(attributes, ORGANIZATION_IDENTIFIER);
  return identifier === undefined
    ? undefined
    : `organizationIdentifier ${identifier}, which is no Norwegian organisation number`;
};
