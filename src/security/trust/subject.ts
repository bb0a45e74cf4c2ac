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
const COMMON_NAME = '2.5.4.3';

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

/** The organisation number, by the order in which real certificates of the two SEID generations carry it [O]. */
export const organisationOf = (name: Name): Organisation | undefined => {
  const sources: [string, RegExp, Organisation['attribute']][] = [
    [ORGANIZATION_IDENTIFIER, /^(?:NTRNO-)?(\d{9})$/, 'organizationIdentifier'],
    [SERIAL_NUMBER, /^(\d{9})$/, 'serialNumber'],
    [COMMON_NAME, /^(\d{9})$/, 'commonName'],
  ];
  for (const [type, pattern, attribute] of sources) {
    for (const { type: actual, text } of attributesOf(name)) {
      const number = actual === type ? pattern.exec(text)?.[1] : undefined;
      if (number) return { number, attribute };
    }
  }
  return undefined;
};
