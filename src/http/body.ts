// Undoes the content encoding of a request body, within limits.

import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Problem } from '../kernel/problem.ts';
import { badEncoding, type HttpProblem, tooLarge } from './problems.ts';

const gunzipAsync = promisify(gunzip) as (
  body: Buffer,
  options: { maxOutputLength: number },
) => Promise<Buffer>;

/** Real messages shrink to a fifth at most; a body that grows more than this is a bomb. */
const MAX_RATIO = 200;

/**
 * @param encoding the Content-Encoding header
 * @param largest what the body may be at most, in bytes
 */
export const decodeBody = async (
  body: Buffer,
  encoding: string | undefined,
  largest: number,
): Promise<Buffer | Problem<HttpProblem>> => {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  if (name !== 'gzip' && name !== 'x-gzip') return badEncoding(name);
  const limit = Math.min(largest, Math.max(body.length * MAX_RATIO, 4096));
  try {
    return await gunzipAsync(body, { maxOutputLength: limit });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge(`a gzip body of ${body.length} bytes that grows beyond ${limit}`, limit)
      : badEncoding(`gzip that cannot be read (${code || (error as Error).message})`);
  }
};
