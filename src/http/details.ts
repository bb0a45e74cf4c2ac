// Problem details (RFC 9457): how every service that speaks JSON tells a refusal.

import { STATUS_CODES } from 'node:http';
import type { WireAnswer } from './wire.ts';

export const DETAILS_TYPE = 'application/problem+json; charset=utf-8';

/** The phrase of an HTTP status: a problem without a type of its own has it for its title (RFC 9457 §4.2.1). */
export const phraseOf = (status: number): string => STATUS_CODES[status] ?? '';

interface Details {
  readonly status: number;
  /** What is told of the refusal. */
  readonly text: string;
  readonly headers?: WireAnswer['headers'] | undefined;
  /** What the contract of a service adds. */
  readonly members?: Readonly<Record<string, unknown>>;
}

export const detailsBody = ({ status, text, members }: Omit<Details, 'headers'>) => ({
  type: 'about:blank',
  title: phraseOf(status),
  status,
  detail: text,
  ...members,
});

export const problemDetails = ({ headers, ...details }: Details): WireAnswer => ({
  status: details.status,
  headers: { ...headers, 'content-type': DETAILS_TYPE },
  body: Buffer.from(JSON.stringify(detailsBody(details))),
});
