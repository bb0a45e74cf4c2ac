// What the control interface answers when it cannot do what was asked: RFC 9457 problem details.

import { UserError } from '../kernel/user-error.ts';
import type { Loss } from '../store/engine.ts';
import { causeOf, DataDirectoryError } from '../store/refusals.ts';

/** A switch that cannot be thrown, with the HTTP status that says so; the message is one clear line for whoever tried. */
export class ControlError extends UserError {
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

/** The register cannot be used now. */
export const unavailableNow = ({ loss, passes }: Loss): ControlError =>
  new ControlError(UNAVAILABLE, loss, passes ? 1 : undefined);

/** An exception that says what the disk refused, told as that; undefined for every other one. */
export const unavailableBy = (error: unknown): ControlError | undefined => {
  if (error instanceof DataDirectoryError) return new ControlError(UNAVAILABLE, error.message);
  const cause = causeOf(error);
  return cause === undefined ? undefined : new ControlError(UNAVAILABLE, `the register: ${cause}`);
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
