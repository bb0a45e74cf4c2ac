// JSON as bytes: its encoding named where it is another one than UTF-8, before anybody complains of a strange character.

import { isUtf8 } from 'node:buffer';

const starts = (bytes: Buffer, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);

/** What keeps bytes from being JSON's UTF-8 (RFC 8259 §8.1), in words; undefined when nothing does. */
const encodingFault = (bytes: Buffer): string | undefined => {
  if (starts(bytes, [0xef, 0xbb, 0xbf])) return 'a byte order mark before the JSON (EF BB BF)';
  if (starts(bytes, [0xff, 0xfe]) || starts(bytes, [0xfe, 0xff])) return 'UTF-16, by its byte order mark';
  if (bytes.length > 1 && (bytes[0] === 0 || bytes[1] === 0)) return 'UTF-16 without a byte order mark';
  return isUtf8(bytes) ? undefined : 'bytes that are no UTF-8';
};

/** @returns the value, or what was found in place of JSON in UTF-8, for people */
export const parseJson = (bytes: Buffer): { readonly json: unknown } | { readonly fault: string } => {
  const fault = encodingFault(bytes);
  if (fault !== undefined) return { fault };
  try {
    return { json: JSON.parse(bytes.toString('utf8')) };
  } catch (error) {
    return { fault: (error as Error).message };
  }
};
