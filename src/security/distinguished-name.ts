// The names of certificate authorities as texts: written by RFC 2253, read however clients write them.

import { AsnConvert } from '@peculiar/asn1-schema';
import { Name } from '@peculiar/asn1-x509';

const KEYWORDS: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.6': 'C',
  '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
};
/** What other tools write for types that RFC 2253 has no keyword for, and other spellings of those it has. */
const SPELLINGS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(KEYWORDS).map(([oid, keyword]) => [keyword, oid])),
  S: '2.5.4.8',
  SERIALNUMBER: '2.5.4.5',
  SN: '2.5.4.4',
  SURNAME: '2.5.4.4',
  ORGANIZATIONIDENTIFIER: '2.5.4.97',
  E: '1.2.840.113549.1.9.1',
  EMAILADDRESS: '1.2.840.113549.1.9.1',
  EMAIL: '1.2.840.113549.1.9.1',
};

interface Attribute {
  readonly type: string;
  /** The text; for a value that is written as `#` and hexadecimal, that. */
  readonly value: string;
}

const attributesOf = (der: Buffer): (Attribute & { readonly encoded: string })[] =>
  AsnConvert.parse(der, Name).flatMap((set) =>
    set.map(({ type, value }) => ({
      type,
      value: value.toString(),
      encoded: `#${Buffer.from(AsnConvert.serialize(value)).toString('hex')}`,
    })),
  );

const escapeValue = (text: string): string =>
  text
    .replace(/[,+"\\<>;=]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');

/** RFC 2253 §2: the last attribute first; types without a keyword by OID, their values in hexadecimal. */
export const writeName = (der: Buffer): string =>
  attributesOf(der)
    .reverse()
    .map(({ type, value, encoded }) =>
      KEYWORDS[type] ? `${KEYWORDS[type]}=${escapeValue(value)}` : `${type}=${encoded}`,
    )
    .join(',');

/** One attribute: a type, and a value that is quoted, or runs to the next comma, semicolon or plus that is not escaped. */
const ATTRIBUTE = /\s*([^=,;+]+?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|((?:[^,;+\\]|\\.)*))\s*(?:[,;+]|$)/gy;

/** RFC 2253 §2.4: a backslash before a character, or before the hexadecimal of UTF-8 octets. */
const unescapeValue = (text: string): string => {
  const octets: Buffer[] = [];
  for (const [, hex, character, plain] of text.matchAll(/\\([0-9A-Fa-f]{2})|\\(.)|([^\\]+)/gsu))
    octets.push(hex === undefined ? Buffer.from(character ?? plain ?? '') : Buffer.from(hex, 'hex'));
  return Buffer.concat(octets).toString();
};

const parse = (text: string): Attribute[] | undefined => {
  const found: Attribute[] = [];
  let end = 0;
  for (const match of text.matchAll(ATTRIBUTE)) {
    const [whole, name = '', quoted, bare = ''] = match;
    const keyword = name.toUpperCase().replace(/^OID\./, '');
    const type = Object.hasOwn(SPELLINGS, keyword) ? (SPELLINGS[keyword] ?? keyword) : keyword;
    found.push({ type, value: unescapeValue(quoted ?? bare.replace(/(?<!\\)\s+$/, '')) });
    end = match.index + whole.length;
  }
  return end === text.length && found.length > 0 ? found : undefined;
};

const folded = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Whether a text names what the DER names. Order: as RFC 2253 has it, or that of the certificate itself; both are about.
 * White space and capitals do not count (RFC 5280 §7.1).
 */
export const isNameOf = (text: string, der: Buffer): boolean => {
  const wanted = parse(text);
  const actual = attributesOf(der);
  if (wanted?.length !== actual.length) return false;
  const agrees = (order: typeof actual): boolean =>
    order.every(({ type, value, encoded }, index) => {
      const one = wanted[index];
      return (
        one?.type === type && (folded(one.value) === folded(value) || one.value.toLowerCase() === encoded)
      );
    });
  return agrees([...actual].reverse()) || agrees(actual);
};
