// The letters beyond ASCII went through another character set on the way.

import { isUtf8 } from 'node:buffer';
import type { Change } from '../hypothesis.ts';
import { reworded } from '../octets/tokens.ts';

/** Where windows-1252 has other characters than Latin-1, by their byte. */
const WINDOWS: ReadonlyMap<string, number> = new Map(
  [
    ...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index)),
  ].map((character, index) => [character, 0x80 + index]),
);

/** UTF-8 that was read as windows-1252 or Latin-1, read as what it is; the text itself where it is none. */
const readAgain = (text: string): string => {
  const bytes: number[] = [];
  for (const character of text) {
    const byte = WINDOWS.get(character) ?? character.codePointAt(0) ?? 0;
    if (byte > 0xff) return text;
    bytes.push(byte);
  }
  const octets = Buffer.from(bytes);
  return isUtf8(octets) ? octets.toString('utf8') : text;
};

export const encodingChanged: Change = {
  cause: 'encoding-changed',
  sentence:
    'letters beyond ASCII went through a wrong character set between signing and arrival (UTF-8 read as Latin-1, or the reverse)',
  rule: 'XML 1.0 §4.3.3; Canonical XML §1.1: octets are made of UTF-8',
  remedy:
    'write and read the message as UTF-8 everywhere, and say charset=utf-8; in Java no getBytes() or new String(…) without a charset',
  *undo(tokens) {
    yield reworded(tokens, readAgain);
    yield reworded(tokens, (text) => readAgain(readAgain(text)));
    yield reworded(tokens, (text) => Buffer.from(text, 'utf8').toString('latin1'));
    yield reworded(tokens, (text) => new TextDecoder('windows-1252').decode(Buffer.from(text, 'utf8')));
    yield reworded(tokens, (text) => text.replace(/[^\0-\x7f]/g, '?'));
  },
};
