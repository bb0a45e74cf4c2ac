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

/** Real names have a few hundred characters; what is longer names nobody. */
const LONGEST_NAME = 8192;

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

// A certificate may hold characters that no XML can, and a line break would not survive every reader.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const escapeValue = (text: string): string =>
  text
    .replace(/[,+"\\<>;=]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replace(UNPRINTABLE, (character) =>
      [...Buffer.from(character)].map((octet) => `\\${octet.toString(16).padStart(2, '0')}`).join(''),
    );

/** RFC 2253 §2: the last attribute first; types without a keyword by OID, their values in hexadecimal. */
export const writeName = (der: Buffer): string =>
  attributesOf(der)
    .reverse()
    .map(({ type, value, encoded }) =>
      KEYWORDS[type] ? `${KEYWORDS[type]}=${escapeValue(value)}` : `${type}=${encoded}`,
    )
    .join(',');

/** RFC 2253 §2.4: a backslash before a character, or before the hexadecimal of UTF-8 octets. */
const unescapeValue = (text: string): string => {
  const octets: Buffer[] = [];
  for (const [, hex, character, plain] of text.matchAll(/\\([0-9A-Fa-f]{2})|\\(.)|([^\\]+)/gsu))
    octets.push(hex === undefined ? Buffer.from(character ?? plain ?? '') : Buffer.from(hex, 'hex'));
  return Buffer.concat(octets).toString();
};

// No pattern with two repetitions side by side: the text is a stranger's, and such a pattern takes hours over blanks.
const TOKENS = /\\.|[,;+"]|[^\\,;+"]+|\\$/gsu;

/** The attributes as written: up to each comma, semicolon or plus that is neither escaped nor inside quotes. */
const split = (text: string): string[] => {
  const parts: string[][] = [[]];
  let quoted = false;
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '"') quoted = !quoted;
    if (!quoted && /^[,;+]$/.test(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.map((tokens) => tokens.join(''));
};

/** A value without the quotes around it; blanks at its ends do not count anyway. */
const readValue = (text: string): string => {
  const bare = text.trim();
  return unescapeValue(/^".*"$/su.test(bare) ? bare.slice(1, -1) : bare);
};

const parseAttribute = (text: string): Attribute | undefined => {
  const equals = text.indexOf('=');
  const keyword = text
    .slice(0, Math.max(equals, 0))
    .trim()
    .toUpperCase()
    .replace(/^OID\./, '');
  if (keyword === '') return undefined;
  const type = Object.hasOwn(SPELLINGS, keyword) ? (SPELLINGS[keyword] ?? keyword) : keyword;
  return { type, value: readValue(text.slice(equals + 1)) };
};

const parse = (text: string): readonly (Attribute | undefined)[] =>
  text.length > LONGEST_NAME ? [] : split(text).map(parseAttribute);

const folded = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

/**
 * Whether a text names what the DER names. Order: as RFC 2253 has it, or that of the certificate itself; both are about.
 * White space and capitals do not count (RFC 5280 §7.1).
 */
export const isNameOf = (text: string, der: Buffer): boolean => {
  const wanted = parse(text);
  const actual = attributesOf(der);
  if (wanted.length !== actual.length) return false;
  const agrees = (order: typeof actual): boolean =>
    order.every(({ type, value, encoded }, index) => {
      const one = wanted[index];
      return (
        one?.type === type && (folded(one.value) === folded(value) || one.value.toLowerCase() === encoded)
      );
    });
  return agrees([...actual].reverse()) || agrees(actual);
};
