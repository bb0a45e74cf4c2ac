// A message of a file with what is known of its HTTP: bytes alone, a dump, an entry of a HAR file, and headers that were named.

import type { HttpHeaders } from '../../../explain/rules/rule.ts';
import type { Sent } from '../../../explain/unread.ts';
import { decodeBody } from '../../../http/body.ts';
import { usualLimits } from '../../../kernel/limits.ts';
import { isProblem } from '../../../kernel/problem.ts';
import { UserError } from '../../../kernel/user-error.ts';
import { readDump } from './dump.ts';
import { readHar } from './har.ts';
import { headerIn, headersOf } from './head.ts';

/** A message of HTTP as somebody wrote it down. */
export interface Captured {
  readonly body: Buffer;
  readonly headers: HttpHeaders;
  readonly method?: string;
  readonly answer: boolean;
  /** Whether whoever wrote it down has undone its content encoding. */
  readonly decoded: boolean;
}

export interface SentOptions {
  /** `name: value` each; they count before those of the file. */
  readonly header: readonly string[];
  /** Of a HAR file, from 1. */
  readonly entry: string | undefined;
}

const numberOf = (entry: string | undefined): number | undefined => {
  if (entry === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(entry)) return Number(entry);
  throw new UserError(`--entry ${entry}: no number of a request, such as 2`);
};

const givenHeaders = (header: readonly string[]): HttpHeaders =>
  headersOf(
    header.map((one) => {
      const pair = headerIn(one);
      if (pair) return pair;
      throw new UserError(`--header ${one}: no header, such as "Content-Type: text/xml; charset=utf-8"`);
    }),
  );

const GZIP = [0x1f, 0x8b];
const isGzip = (body: Buffer): boolean => GZIP.every((byte, index) => body[index] === byte);

/**
 * Reads what a file holds.
 *
 * @throws UserError where an option or the file cannot be read as what it is
 */
export const readSent = async (file: Buffer, { header, entry }: SentOptions): Promise<Sent> => {
  const given = givenHeaders(header);
  const number = numberOf(entry);
  const har = readHar(file, number);
  if (!har && number !== undefined) throw new UserError(`--entry ${number}: the file is no HAR file`);
  const captured = har ?? readDump(file);
  const headers = { ...captured?.headers, ...given };
  const message = captured?.body ?? file;
  const { method } = captured ?? {};
  const common = { ...(method === undefined ? {} : { method }), headers, whole: captured?.answer === false };
  // An answer is no request: of its headers none is judged.
  const known = captured?.answer ? { headers: given, whole: false } : common;
  if (captured?.decoded && !isGzip(message)) return { message, ...known };
  const plain = await decodeBody(message, headers['content-encoding'], usualLimits.soapBody);
  return isProblem(plain) ? { message, ...known, encoding: plain } : { message: plain, ...known };
};
