// Hides person numbers by what a message means, not by how it is written: character references, CDATA, escapes, UTF-16.

import { isUtf8 } from 'node:buffer';
import { maskPerson } from '../identifiers/personidentifikator.ts';

/** A piece of what is written, and what it means; undefined: nobody can say. */
interface Piece {
  readonly written: string;
  readonly meant: string | undefined;
}

const DIGITS = /\p{Nd}/gu;
const hideDigits = (text: string): string => text.replace(DIGITS, '*');

/** The same text with the numbers hidden that its pieces together mean; what means nothing certain keeps no digit. */
const maskPieces = (pieces: readonly Piece[]): string => {
  if (pieces.some(({ meant }) => meant === undefined))
    return pieces.map(({ written, meant }) => (meant === '' ? written : hideDigits(written))).join('');
  const meaning = pieces.map(({ meant }) => meant).join('');
  const masked = maskPerson(meaning);
  if (masked === meaning) return pieces.map(({ written }) => written).join('');
  let at = 0;
  return pieces
    .map(({ written, meant = '' }) => {
      const shown = masked.slice(at, at + meant.length);
      at += meant.length;
      // A piece that is written as it is meant is shown as it is masked; an escape gives way as a whole.
      return shown === meant ? written : shown;
    })
    .join('');
};

const codePoint = (value: number): string | undefined =>
  value > 0 && value <= 0x10ffff ? String.fromCodePoint(value) : undefined;

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const meaningOfReference = (reference: string): string | undefined => {
  const [, hex, decimal, name = ''] = /^&(?:#x([0-9a-f]+)|#([0-9]+)|(.+));$/i.exec(reference) ?? [];
  if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
  if (decimal !== undefined) return codePoint(Number.parseInt(decimal, 10));
  return PREDEFINED[name];
};

/** Splits by a pattern of what is written otherwise than it is meant; the text between means itself. */
const piecesOf = (
  text: string,
  pattern: RegExp,
  meaning: (written: string) => string | undefined,
): Piece[] => {
  const pieces: Piece[] = [];
  let at = 0;
  const plain = (end: number): void => {
    if (end > at) pieces.push({ written: text.slice(at, end), meant: text.slice(at, end) });
  };
  for (const { 0: written, index } of text.matchAll(pattern)) {
    plain(index);
    pieces.push({ written, meant: meaning(written) });
    at = index + written.length;
  }
  plain(text.length);
  return pieces;
};

const REFERENCE = /&[^&;<\s]+;/g;
const referencesIn = (text: string): Piece[] =>
  text.includes('&') ? piecesOf(text, REFERENCE, meaningOfReference) : [{ written: text, meant: text }];

// A comment, a CDATA section, another declaration or instruction, or a tag with its quoted values. What is not closed goes to the end.
const MARKUP =
  /<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)|<[!?][^>]*(?:>|$)|<(?:[^<>"']+|"[^"]*(?:"|$)|'[^']*(?:'|$))*>?/gs;
const VALUE = /"[^"]*"?|'[^']*'?/g;

/** Text as XML has it: comments and CDATA sections part nothing, tags do, and attribute values stand for themselves. */
const maskXml = (text: string): string => {
  let result = '';
  let run: Piece[] = [];
  const end = (): void => {
    result += maskPieces(run);
    run = [];
  };
  const add = (plain: string): void => {
    for (const piece of referencesIn(plain)) run.push(piece);
  };
  let at = 0;
  for (const { 0: markup, index } of text.matchAll(MARKUP)) {
    if (index > at) add(text.slice(at, index));
    at = index + markup.length;
    if (markup.startsWith('<!--')) run.push({ written: maskPerson(markup), meant: '' });
    else if (markup.startsWith('<![CDATA[')) {
      const inner = markup.slice(9).replace(/\]\]>$/, '');
      run.push(
        { written: '<![CDATA[', meant: '' },
        { written: inner, meant: inner },
        { written: markup.slice(9 + inner.length), meant: '' },
      );
    } else {
      end();
      result += maskPerson(markup.replace(VALUE, (value) => maskPieces(referencesIn(value))));
    }
  }
  add(text.slice(at));
  end();
  return result;
};

/** Texts that run on into each other, such as those around a CDATA section: a number may lie in several of them. */
export const maskRun = (texts: readonly string[]): string[] => {
  const masked = maskPerson(texts.join(''));
  let at = 0;
  return texts.map(({ length }) => {
    at += length;
    return masked.slice(at - length, at);
  });
};

const STRING = /"(?:[^"\\]+|\\.)*"?/gs;
const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)/gs;
const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const meaningOfEscape = (written: string): string =>
  written.length === 6
    ? String.fromCharCode(Number.parseInt(written.slice(2), 16))
    : (SHORT[written.slice(1)] ?? written.slice(1));

const maskEscapes = (text: string): string => maskPieces(piecesOf(text, ESCAPE, meaningOfEscape));
const maskJson = (text: string): string => maskPerson(text.replace(STRING, maskEscapes));

const PERCENT = /%[0-7][0-9a-fA-F]/g;
const maskPercent = (text: string): string =>
  maskPieces(
    piecesOf(text, PERCENT, (written) => String.fromCharCode(Number.parseInt(written.slice(1), 16))),
  );

/** A text for people that may repeat part of a message or of an address, in whatever way that was written. */
export const maskText = (text: string): string => {
  let masked = text.includes('%') ? maskPercent(text) : text;
  if (masked.includes('&')) masked = maskPieces(referencesIn(masked));
  if (masked.includes('\\')) masked = maskEscapes(masked);
  return maskPerson(masked);
};

/** The text of bytes whose encoding is beyond doubt: UTF-8, or UTF-16 with its byte order mark. */
const decode = (bytes: Buffer): string | undefined => {
  const [first, second] = bytes;
  const utf16 =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : '';
  if (utf16 !== '') {
    const little = utf16 === 'utf-16le' ? bytes : Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16();
    return little.toString('utf16le', 2);
  }
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : undefined;
};

/** Headers that whoever reads them could call with. */
const CREDENTIALS = ['authorization', 'proxy-authorization', 'cookie'];

/** The same headers with what opens doors hidden as a whole; that there was one, and of which scheme, is told. */
export const withoutCredentials = (
  headers: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value !== undefined && CREDENTIALS.includes(name)
        ? value.replace(/^((?:Bearer|Basic) +)?.*$/is, '$1***')
        : value,
    ]),
  );

/** The body of a message as text with its person numbers hidden; where nobody can say what it means, without its digits. */
export const maskMessage = (body: Buffer): Buffer => {
  const text = decode(body);
  if (text === undefined) return Buffer.from(hideDigits(body.toString('latin1')), 'latin1');
  let masked = text.includes('<') ? maskXml(text) : maskText(text);
  if (/^\s*[[{"]/.test(text)) masked = maskJson(masked);
  return Buffer.from(masked);
};
