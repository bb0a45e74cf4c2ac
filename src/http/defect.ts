// Whether an error is the caller's: only what the HTTP library says of a body is. Everything else is a defect of the emulator.

import type { IncomingMessage } from 'node:http';
import type { FastifyError } from 'fastify';
import { codeOf } from '../kernel/error-code.ts';

/** The answer to a defect, of constants alone: nothing in it can fail once more. */
export const DEFECT = {
  status: 500,
  type: 'text/plain; charset=utf-8',
  text: 'Internal Server Error: a defect of the emulator; its log has the rest\n',
} as const;

/** The same as problem details (RFC 9457). */
export const DEFECT_DETAILS = {
  status: 500,
  type: 'application/problem+json; charset=utf-8',
  text: '{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"a defect of the emulator; its log has the rest"}',
} as const;

/** How node:http ends the reading of a body whose connection broke. */
const BROKEN = ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE'];

/** Whether the HTTP library could not take the body of a request. */
export const isBodyError = (
  error: unknown,
  { raw }: { readonly raw: Pick<IncomingMessage, 'complete'> },
): error is FastifyError => {
  const code = codeOf(error);
  return (
    code.startsWith('FST_ERR_CTP_') || code.startsWith('HPE_') || (BROKEN.includes(code) && !raw.complete)
  );
};
