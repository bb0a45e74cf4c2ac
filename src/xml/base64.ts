// base64Binary and hexBinary as XML Schema Part 2 §3.2.15–16 writes them, to the letter: libxml2 and Buffer forgive what these refuse.

/** Where a text stops being what it should be: a character by its place, counted from one, and what is wrong with it. */
export interface BinaryFault {
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
}

const BASE64 =
  'bytes in base64 (A–Z, a–z, 0–9, + and /, in groups of four; white space may stand between them)';
const HEX = 'bytes in hexadecimal digits, two for each';

const WHITE = /[ \t\r\n]/;

const nameOf = (character: string): string =>
  /[\p{C}\p{Z}]/u.test(character)
    ? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
    : `"${character}"`;

const at = (text: string, index: number): string => {
  const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
  return `${nameOf(character)} as character ${[...text.slice(0, index)].length + 1}`;
};

const PEM = /^\s*-----BEGIN /;

const fault = (found: string, expected: string, remedy: string): BinaryFault => ({ found, expected, remedy });

const URL_ALPHABET = 'the alphabet of URLs (base64url): write + for - and / for _';

const strangeCharacter = (text: string, index: number): BinaryFault => {
  if (PEM.test(text)) {
    return fault(
      'PEM text',
      BASE64,
      'send what stands between the lines -----BEGIN and -----END, without these lines',
    );
  }
  const character = text.charAt(index);
  return fault(
    at(text, index),
    BASE64,
    character === '-' || character === '_'
      ? `use the ordinary alphabet, not ${URL_ALPHABET}`
      : 'remove the character, or encode the bytes anew: base64 of the bytes, and nothing else',
  );
};

const counted = (characters: number): string =>
  `${characters} ${characters === 1 ? 'character' : 'characters'}`;

/** Where the text and what is decoded from it part, once only characters of the alphabet are left. */
const wrongEnd = (text: string, compact: string): BinaryFault => {
  const data = compact.replace(/=+$/, '');
  const padding = compact.length - data.length;
  const wanted = (4 - (data.length % 4)) % 4;
  if (wanted === 3) {
    return fault(
      `${counted(data.length)}, which is one too many or three too few`,
      BASE64,
      'send the text whole: it was cut off, or something was added to it',
    );
  }
  if (padding !== wanted) {
    return fault(
      `${counted(data.length)} with ${padding} "=" behind them, where ${wanted} belong`,
      BASE64,
      'pad with as many "=" as make the last group one of four characters',
    );
  }
  return fault(
    `${at(text, text.lastIndexOf(data.slice(-1)))}, whose last bits belong to no byte and are not zero`,
    BASE64,
    'encode the bytes anew: the last character before "=" was changed, or written by an encoder that leaves bits in it',
  );
};

/** What is wrong with a text as base64Binary; undefined when nothing is. No text at all is no bytes, and right. */
export const faultOfBase64 = (text: string): BinaryFault | undefined => {
  const strange = text.search(/[^A-Za-z0-9+/= \t\r\n]/);
  if (strange >= 0) return strangeCharacter(text, strange);
  const padding = text.indexOf('=');
  if (padding >= 0 && /[A-Za-z0-9+/]/.test(text.slice(padding))) {
    return fault(
      `${at(text, padding)}, and more behind it`,
      BASE64,
      'one text of base64 only: "=" may stand at its end',
    );
  }
  const compact = text.replace(/[ \t\r\n]+/g, '');
  return Buffer.from(compact, 'base64').toString('base64') === compact ? undefined : wrongEnd(text, compact);
};

/** What is wrong with a text as hexBinary; undefined when nothing is. */
export const faultOfHex = (text: string): BinaryFault | undefined => {
  let start = 0;
  let end = text.length;
  while (start < end && WHITE.test(text.charAt(start))) start += 1;
  while (start < end && WHITE.test(text.charAt(end - 1))) end -= 1;
  const digits = text.slice(start, end);
  const strange = digits.search(/[^0-9A-Fa-f]/);
  if (strange >= 0) {
    const inner = WHITE.test(digits.charAt(strange));
    return fault(
      at(text, start + strange),
      HEX,
      inner ? 'remove the white space between the digits' : 'remove the character',
    );
  }
  return digits.length % 2 === 0
    ? undefined
    : fault(`${digits.length} digits, an odd number`, HEX, 'write every byte as two digits');
};

/** The decoded bytes; undefined for a text that is no base64, or none at all. */
export const decodeBase64 = (text: string): Buffer | undefined => {
  const compact = WHITE.test(text) ? text.replace(/[ \t\r\n]+/g, '') : text;
  const bytes = Buffer.from(compact, 'base64');
  // Buffer.from forgives everything; what comes out as it went in had nothing to forgive.
  return bytes.length > 0 && bytes.toString('base64') === compact ? bytes : undefined;
};
