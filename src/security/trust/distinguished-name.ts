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

const SEPARATORS = ',;+';

interface Attribute {
  readonly type: string;
  /** The text; for a value that is written as `#` and hexadecimal, that. */
  readonly value: string;
}
/** What stands between two commas: nearly always one attribute, otherwise several in no order, joined by plus signs. */
type RelativeName<Kind extends Attribute = Attribute> = readonly Kind[];
type Encoded = Attribute & { readonly encoded: string };

const relativeNamesOf = (der: Buffer): RelativeName<Encoded>[] =>
  AsnConvert.parse(der, Name).map((set) =>
    set.map(({ type, value }) => ({
      type,
      value: value.toString(),
      encoded: `#${Buffer.from(AsnConvert.serialize(value)).toString('hex')}`,
    })),
  );

/** A name as one line, in its own order. */
export const nameText = (der: Buffer): string =>
  relativeNamesOf(der)
    .map((set) => set.map(({ type, value }) => `${KEYWORDS[type] ?? type}=${value}`).join('+'))
    .join(', ');

// A certificate may hold characters that no XML can, and a line break would not survive every reader.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const escapeValue = (text: string): string =>
  text
    .replace(/[,+"\\<>;=]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replace(UNPRINTABLE, (character) => Buffer.from(character).toString('hex').replace(/../g, '\\$&'));

/** RFC 2253 §2: the last relative name first; types without a keyword by OID, their values in hexadecimal. */
export const writeName = (der: Buffer): string =>
  relativeNamesOf(der)
    .reverse()
    .map((set) =>
      set
        .map(({ type, value, encoded }) =>
          KEYWORDS[type] ? `${KEYWORDS[type]}=${escapeValue(value)}` : `${type}=${encoded}`,
        )
        .join('+'),
    )
    .join(',');

/** Real names have a few hundred characters; what is longer names nobody. */
const LONGEST_NAME = 8192;

/** RFC 2253 §2.4: a backslash before a character, or before the hexadecimal of UTF-8 octets; .NET doubles quotation marks. */
const unescapeValue = (text: string): string => {
  const octets: Buffer[] = [];
  for (const [, hex, character, plain] of text.matchAll(/\\([0-9A-Fa-f]{2})|\\(.)|""|([^\\"]+)/gsu))
    octets.push(hex === undefined ? Buffer.from(character ?? plain ?? '"') : Buffer.from(hex, 'hex'));
  return Buffer.concat(octets).toString();
};

/** Where the value that begins here ends: before its closing quotation mark, or before a separator; undefined: nowhere. */
const endOfValue = (text: string, start: number, quoted: boolean): number | undefined => {
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (!quoted && character === '"') return undefined;
    if (quoted ? character === '"' && next !== '"' : SEPARATORS.includes(character)) return at;
    at += character === '\\' || character === '"' ? 2 : 1;
  }
  return quoted || at > text.length ? undefined : at;
};

const skipSpace = (text: string, start: number): number => {
  let at = start;
  while (at < text.length && text.charAt(at).trim() === '') at += 1;
  return at;
};

const readType = (text: string): string | undefined => {
  const keyword = text
    .trim()
    .toUpperCase()
    .replace(/^OID\./, '');
  if (!/^[A-Z0-9.-]+$/.test(keyword)) return undefined;
  return Object.hasOwn(SPELLINGS, keyword) ? SPELLINGS[keyword] : keyword;
};

const parse = (text: string): RelativeName[] | undefined => {
  const found: Attribute[][] = [];
  let separator = ',';
  for (let at = 0; separator !== ''; ) {
    const equals = text.indexOf('=', at);
    const type = equals < 0 ? undefined : readType(text.slice(at, equals));
    const start = skipSpace(text, equals + 1);
    const quoted = text.charAt(start) === '"';
    const end = endOfValue(text, quoted ? start + 1 : start, quoted);
    if (type === undefined || end === undefined) return undefined;
    const attribute = { type, value: unescapeValue(text.slice(quoted ? start + 1 : start, end)) };
    if (separator === '+') found.at(-1)?.push(attribute);
    else found.push([attribute]);
    const next = skipSpace(text, quoted ? end + 1 : end);
    separator = text.charAt(next);
    if (separator !== '' && !SEPARATORS.includes(separator)) return undefined;
    at = next + 1;
  }
  return found;
};

const folded = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();
const isSame = (one: Attribute, { type, value, encoded }: Encoded): boolean =>
  one.type === type && (folded(one.value) === folded(value) || one.value.trim().toLowerCase() === encoded);

/**
 * Whether a text names what the DER names. Order: as RFC 2253 has it, or that of the certificate itself; both are about.
 * White space and capitals do not count (RFC 5280 §7.1).
 */
export const isNameOf = (text: string, der: Buffer): boolean => {
  if (text.length > LONGEST_NAME) return false;
  const wanted = parse(text);
  const actual = relativeNamesOf(der);
  if (wanted?.length !== actual.length) return false;
  const agrees = (order: typeof actual): boolean =>
    order.every((set, index) => {
      const written = wanted[index] ?? [];
      return (
        written.length === set.length &&
        set.every((one) => written.some((other) => isSame(other, one))) &&
        written.every((one) => set.some((other) => isSame(one, other)))
      );
    });
  return agrees([...actual].reverse()) || agrees(actual);
};

/** Whether a name stands below another one, or is it: it begins with the same relative names (RFC 5280 §7.1). */
export const isBelow = (name: Buffer, above: Buffer): boolean => {
  const own = relativeNamesOf(name);
  const equal = (one: Encoded, other: Encoded): boolean =>
    one.type === other.type && (one.encoded === other.encoded || folded(one.value) === folded(other.value));
  return relativeNamesOf(above).every((set, index) => {
    const below = own[index] ?? [];
    return (
      set.length === below.length &&
      set.every((one) => below.some((other) => equal(one, other))) &&
      below.every((one) => set.some((other) => equal(one, other)))
    );
  });
};
