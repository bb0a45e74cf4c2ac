// A HAR file, as browsers and proxies save what they saw: one of its requests.

import { z } from 'zod';
import { check, printIssue } from '../../../kernel/issue.ts';
import { UserError } from '../../../kernel/user-error.ts';
import { headersOf } from './head.ts';
import type { Captured } from './sent.ts';

const text = z.string();
const pairs = z.array(z.object({ name: text, value: text }));
const entry = z.object({
  request: z.object({
    method: text,
    headers: pairs,
    postData: z.object({ text: text.optional(), encoding: text.optional() }).optional(),
  }),
});
const har = z.object({ log: z.object({ entries: z.array(entry) }) });

type Entry = z.infer<typeof entry>;

const bodyOf = ({ request: { postData } }: Entry): Buffer | undefined =>
  postData?.text === undefined
    ? undefined
    : Buffer.from(postData.text, postData.encoding === 'base64' ? 'base64' : 'utf8');

const holdsXml = (one: Entry): boolean => /^[\s\ufeff]*</.test(bodyOf(one)?.toString('utf8', 0, 400) ?? '');

const looksLikeHar = (bytes: Buffer): boolean => {
  const start = bytes.toString('latin1', 0, 4096);
  return /^\s*(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:/.test(start);
};

/**
 * Undefined: the bytes are no HAR file.
 *
 * @param number counts the requests from 1; undefined: the last that sent XML
 * @throws UserError where it is one that cannot be read, or has no such request
 */
export const readHar = (bytes: Buffer, number: number | undefined): Captured | undefined => {
  if (!looksLikeHar(bytes)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UserError(`the HAR file cannot be read: ${(error as Error).message}`);
  }
  const read = check(har, json);
  if ('issue' in read) throw new UserError(`the HAR file cannot be read: ${printIssue(read.issue)}`);
  const { entries } = read.value.log;
  const chosen = number === undefined ? entries.findLast(holdsXml) : entries[number - 1];
  if (!chosen)
    throw new UserError(
      number === undefined
        ? 'the HAR file has no request that sent XML; name one of its requests with --entry'
        : `--entry ${number}: the HAR file has ${entries.length} ${entries.length === 1 ? 'request' : 'requests'}`,
    );
  const { method, headers } = chosen.request;
  return {
    body: bodyOf(chosen) ?? Buffer.alloc(0),
    headers: headersOf(headers.map(({ name, value }) => [name.toLowerCase(), value] as const)),
    method,
    answer: false,
    decoded: true,
  };
};
