// What the control interface answers when it cannot do what was asked: RFC 9457 problem details.

import type { Problem } from '../kernel/problem.ts';
import { UserError } from '../kernel/user-error.ts';
import { causeOf, DataDirectoryError } from '../store/refusals.ts';

/** A request to the control interface that cannot be carried out. */
export class ControlError extends Error {
  readonly status: number;
  /** After how many seconds it may be tried again. */
  readonly retryAfter: number | undefined;

  constructor(status: number, detail: string, retryAfter?: number) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

const UNAVAILABLE = 503;

/** A change that the register did not take, whatever it was and in whichever country: the register cannot be written to now. */
export const notTaken = ({ explanation }: Problem): ControlError =>
  new ControlError(UNAVAILABLE, `the register: ${explanation.found}`);

/** The register itself cannot be used now. */
export const unavailableNow = (cause: string, retryAfter?: number): ControlError =>
  new ControlError(UNAVAILABLE, cause, retryAfter);

/** What an exception on the way is told as: what the disk refuses, what the user can mend, what the library says, or a defect. */
export const statusOf = (error: Error & { statusCode?: number }): { status: number; detail: string } => {
  if (error instanceof ControlError) return { status: error.status, detail: error.message };
  if (error instanceof DataDirectoryError) return { status: UNAVAILABLE, detail: error.message };
  const cause = causeOf(error);
  if (cause !== undefined) return { status: UNAVAILABLE, detail: `the register: ${cause}` };
  if (error instanceof UserError) return { status: 400, detail: error.message };
  const { statusCode: status = 500 } = error;
  return { status, detail: status >= 500 ? 'see the emulator’s log' : error.message };
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export const problemDetails = (status: number, detail: string) => ({
  type: 'about:blank',
  title: TITLES[status] ?? 'Error',
  status,
  detail,
});
