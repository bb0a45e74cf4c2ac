// The letters beyond ASCII went through another character set on the way.

import { isUtf8 } from 'node:buffer';
import type { Change } from '../hypothesis.ts';
import { replaced, reworded } from '../octets/tokens.ts';

/** Where windows-1252 has other characters than Latin-1, by their byte. */
const WINDOWS: ReadonlyMap<string, number> = new Map(
  [
    ...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index)),
  ].map((character, index) => [character, 0x80 + index]),
);

/** UTF-8 that was read as windows-1252 or Latin-1, read as what it is; the text itself where it is none. */
const readAgain = (text: string): string => {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  if (/^[\0-\xff]*$/.test(text)) {
    const octets = Buffer.from(text, 'latin1');
    return isUtf8(octets) ? octets.toString('utf8') : text;
  }
  const bytes: number[] = [];
  for (const character of text) {
    const byte = WINDOWS.get(character) ?? character.codePointAt(0) ?? 0;
    if (byte > 0xff) return text;
    bytes.push(byte);
  }
  const octets = Buffer.from(bytes);
  return isUtf8(octets) ? octets.toString('utf8') : text;
};

/** What is written for a letter that the other character set has not. */
const LOST = /[?\ufffd]/;
/** What it may have been, the usual first. */
const LETTERS = [...'øåæØÅÆöäéüÖÄÉÜðþß–’'];
/** How many letters are put back; of more than these fewer letters are tried. */
const MOST_LOST = 3;
const FEWER = 6;

/** The texts with the letters that were lost, in every way in which they may have been. */
function* restored(text: string): Generator<string> {
  const places = [...text.matchAll(new RegExp(LOST, 'g'))].map(({ index }) => index);
  if (places.length === 0 || places.length > MOST_LOST) return;
  const letters = places.length > 2 ? LETTERS.slice(0, FEWER) : LETTERS;
  const ways = letters.length ** places.length;
  for (let way = 0; way < ways; way += 1) {
    const characters = text.split('');
    let left = way;
    for (const place of places) {
      characters[place] = letters[left % letters.length] ?? '?';
      left = Math.floor(left / letters.length);
    }
    yield characters.join('');
  }
}

export const encodingChanged: Change = {
  cause: 'encoding-changed',
  sentence:
    'letters beyond ASCII went through a wrong character set between signing and arrival (UTF-8 read as Latin-1, or the reverse)',
  why: 'UTF-8 is read as Latin-1 somewhere on the way, or the reverse. Messages without letters beyond ASCII pass.',
  rule: 'XML 1.0 §4.3.3; Canonical XML §1.1: octets are made of UTF-8',
  remedy:
    'write and read the message as UTF-8 everywhere, and say charset=utf-8; in Java no getBytes() or new String(…) without a charset',
  *undo(tokens) {
    yield reworded(tokens, readAgain);
    yield reworded(tokens, (text) => readAgain(readAgain(text)));
    yield reworded(tokens, (text) => Buffer.from(text, 'utf8').toString('latin1'));
    yield reworded(tokens, (text) => new TextDecoder('windows-1252').decode(Buffer.from(text, 'utf8')));
    yield reworded(tokens, (text) => text.replace(/[^\0-\x7f]/g, '?'));
    const lost = tokens.findIndex((one) => one.kind === 'text' && LOST.test(one.text));
    const token = tokens[lost];
    // Text alone, and one of it: more would be too many ways.
    if (token?.kind === 'text')
      for (const text of restored(token.text)) yield replaced(tokens, lost, { kind: 'text', text });
  },
};
