// The text of a file in pieces, however large it is: decompressed where its name ends with .gz, and in UTF-8.

import { createReadStream, statSync } from 'node:fs';
import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isCompressed } from './format.ts';

const AT_ONCE = 262_144;

export interface Pieces {
  readonly text: AsyncIterable<string>;
  /** Which part of the file was read, from 0 to 1; undefined where nobody knows how large it is. */
  share(): number | undefined;
}

/** @throws (rejects) TypeError where octets are not UTF-8 */
export const textIn = async function* (content: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of content)
    yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  yield decoder.decode();
};

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** @param file `-`: standard input */
export const piecesOf = (file: string): Pieces => {
  const size = file === '-' ? 0 : sizeOf(file);
  let read = 0;
  const counted = new Transform({
    transform: (chunk: Buffer, _, done) => {
      read += chunk.length;
      done(null, chunk);
    },
  });
  const source = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: AT_ONCE });
  // What goes wrong is told to whoever reads the last of them.
  const told = (): void => {};
  const content: Readable = isCompressed(file)
    ? pipeline(source, counted, createGunzip(), told)
    : pipeline(source, counted, told);
  return { text: textIn(content), share: () => (size > 0 ? read / size : undefined) };
};
