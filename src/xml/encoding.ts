// The encoding of a message: what its bytes are in, and whether whatever names an encoding agrees.

import { isUtf8 } from 'node:buffer';
import type { Problem } from '../kernel/problem.ts';
import { type XmlProblem, xmlProblem } from './problems.ts';

/** What the bytes can be in. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

const RULE = 'XML 1.0 §4.3.3; RFC 7303 §3';
const TAKEN = 'UTF-8, or UTF-16 with its byte order mark';

const encodingProblem = (
  expected: string,
  found: string,
  remedy = 'send UTF-8, and let the Content-Type charset, a byte order mark and the XML declaration agree',
  rule = RULE,
): Problem<XmlProblem> =>
  xmlProblem('xml.encoding', { check: 'character encoding', expected, found, rule, remedy });

/** The encoding that the first bytes show. */
export const detectEncoding = (bytes: Buffer): Encoding | Problem<XmlProblem> => {
  const [first, second, third, fourth] = bytes;
  const little = first === 0xff && second === 0xfe;
  const big = first === 0xfe && second === 0xff;
  if ((little && third === 0 && fourth === 0) || (first === 0 && second === 0 && third === 0xfe))
    return encodingProblem(TAKEN, 'bytes in UTF-32', 'send UTF-8', 'WS-I Basic Profile R1012');
  if (little) return 'utf-16le';
  if (big) return 'utf-16be';
  if (first !== 0 && second !== 0) return 'utf-8';
  return encodingProblem(
    TAKEN,
    'bytes that look like UTF-16 without a byte order mark',
    'send UTF-8, or begin with the byte order mark',
  );
};

/** Where the first byte stands that belongs to no character of UTF-8. */
const firstBadByte = (bytes: Buffer): number => {
  const text = bytes.toString('utf8');
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    const offset = Buffer.byteLength(text.slice(0, at));
    // The character U+FFFD itself may have been sent.
    if (bytes.toString('hex', offset, offset + 3) !== 'efbfbd') return offset;
  }
  return -1;
};

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`;

const invalid = (bytes: Buffer, encoding: Encoding): Problem<XmlProblem> => {
  if (encoding !== 'utf-8')
    return encodingProblem(`valid ${encoding}`, 'a byte sequence that is no character');
  const at = firstBadByte(bytes);
  const byte = bytes[at] ?? 0;
  const other = byte >= 0xa0 ? ` (${String.fromCharCode(byte)} in ISO-8859-1)` : '';
  return encodingProblem(
    'valid utf-8',
    `the byte ${hex(byte)} at offset ${at}, which is part of no character in UTF-8${other}`,
    'write the message in UTF-8; what the text is kept in before does not matter',
    'XML 1.0 §4.3.3; WS-I Basic Profile R1012',
  );
};

/** The message in UTF-8. */
export const toUtf8 = (bytes: Buffer, encoding: Encoding): Buffer | Problem<XmlProblem> => {
  if (encoding === 'utf-8') return isUtf8(bytes) ? bytes : invalid(bytes, encoding);
  if (bytes.length % 2 !== 0) return encodingProblem(`valid ${encoding}`, 'an odd number of bytes');
  const little = encoding === 'utf-16le' ? bytes : Buffer.from(bytes).swap16();
  try {
    return Buffer.from(new TextDecoder('utf-16le', { fatal: true }).decode(little), 'utf8');
  } catch {
    return invalid(bytes, encoding);
  }
};

/** RFC 7303 and IANA: ASCII is the part of UTF-8 that has one byte a character. */
const ASCII = ['us-ascii', 'ascii', 'ansi_x3.4-1968', 'iso646-us'];
const UTF_8 = ['utf-8', 'utf8'];
const UTF_16 = ['utf-16', 'utf-16le', 'utf-16be'];

/**
 * Whether an encoding that is named somewhere is one that is taken, and the one that the bytes are in.
 *
 * @param where for people: `charset of the Content-Type`, `XML declaration`
 */
export const judgeLabel = (
  label: string,
  where: string,
  bytes: Buffer,
  actual: Encoding,
): Problem<XmlProblem> | undefined => {
  const name = label.toLowerCase();
  const said = `${label.slice(0, 40)}, by the ${where}`;
  if (ASCII.includes(name)) {
    const at = bytes.findIndex((byte) => byte > 0x7f);
    if (at < 0) return undefined;
    return encodingProblem(
      said,
      `the byte ${hex(bytes[at] ?? 0)} at offset ${at}, which ASCII does not have`,
      'name UTF-8, and send UTF-8',
    );
  }
  if (!UTF_8.includes(name) && !UTF_16.includes(name)) {
    return encodingProblem(
      `${TAKEN}: no other encoding is taken`,
      said,
      'send the message in UTF-8, and name it so in the Content-Type and in the XML declaration',
      'WS-I Basic Profile R1012',
    );
  }
  const agrees = name === actual || (actual === 'utf-8' ? UTF_8.includes(name) : name === 'utf-16');
  if (agrees) return undefined;
  // Without a mark the bytes are UTF-8 only if they are valid.
  const found =
    actual !== 'utf-8' || isUtf8(bytes) ? `bytes in ${actual}` : 'bytes without its byte order mark';
  return encodingProblem(said, found);
};
