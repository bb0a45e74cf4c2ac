// The body of a request to the control interface: JSON, or none.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { check, printIssue } from '../kernel/issue.ts';
import { parseJson } from '../kernel/json.ts';
import { ControlError } from './problem.ts';

/** The largest bodies, in bytes: of a seed, and of everything else. */
export interface LargestBodies {
  readonly seed: number;
  readonly body: number;
}

const read = (contentType: string | undefined, bytes: Buffer): unknown => {
  // A body is optional everywhere: an empty one is none, whatever its media type.
  if (bytes.length === 0) return undefined;
  const media = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  if (media !== 'application/json')
    throw new ControlError(415, `send Content-Type: application/json, not ${media || 'none'}`);
  const parsed = parseJson(bytes);
  if ('fault' in parsed) throw new ControlError(400, `the body is no JSON in UTF-8: ${parsed.fault}`);
  return parsed.json;
};

/** Makes every body of the scope JSON, or undefined. */
export const takeJson = (scope: FastifyInstance, { body: bodyLimit }: LargestBodies): void => {
  scope.removeAllContentTypeParsers();
  const parse = async (request: FastifyRequest, bytes: Buffer): Promise<unknown> =>
    // Where nothing is, that is said, whatever the body is.
    request.is404 ? undefined : read(request.headers['content-type'], bytes);
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, parse);
};

/** What is said of a body that is too large; undefined of any other error. */
export const tooLargeBody = (
  error: NodeJS.ErrnoException,
  { seed, body }: LargestBodies,
): string | undefined =>
  error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
    ? `a body has at most ${body} bytes, a seed ${seed} (setting: limits)`
    : undefined;

/** Reads what a body says, whether it came over HTTP or from the program around the emulator. */
export const readBody = <Json>(schema: z.ZodType<Json>, body: unknown, what: string): Json => {
  const checked = check(schema, body);
  if ('issue' in checked) throw new ControlError(400, `${what}: ${printIssue(checked.issue)}`);
  return checked.value;
};
