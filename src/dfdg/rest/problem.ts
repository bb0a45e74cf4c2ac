// How the REST face refuses: problem details with the contract's code, or with a status alone where it has none.

import type { Explanation } from '../../kernel/problem.ts';
import { type ErrorCode, errors, errorText, type Language } from '../codes.ts';
import { type Refusal, refusal } from '../rule.ts';

/** A refusal that has no code of the contract: its status alone. */
export interface Bare {
  readonly status: number;
  readonly explanation: Explanation;
}
export type Refused = Refusal | Bare;
export const isRefused = (value: object): value is Refused => 'explanation' in value && !('problem' in value);

/** A refusal by status; the contract's own, where it has no code for it. */
export const bare = (
  status: number,
  check: string,
  expected: string,
  found: string,
  remedy: string,
): Bare => ({
  status,
  explanation: { check, expected, found, remedy, rule: 'contract: REST', basis: 'documented' },
});

/** 1014: a request that is not as the OpenAPI document says. */
export const invalid = (expected: string, found: string): Refusal =>
  refusal(
    1014,
    'the request against its schema',
    expected,
    found,
    'compare with the OpenAPI document (/v1/openapi.json)',
  );

/** What goes out; the media type is that of RFC 9457. */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Problem details of a status; `fejlkode` only where there is one. */
export const details = (status: number, text: string, code?: ErrorCode): ProblemAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json; charset=utf-8' },
  body: Buffer.from(
    JSON.stringify({
      type: 'about:blank',
      title: text,
      status,
      ...(code === undefined ? {} : { fejlkode: code }),
      fejltekst: text,
    }),
  ),
});

/** Problem details of a code of the contract. */
export const detailsOf = (code: ErrorCode, language: Language): ProblemAnswer =>
  details(errors[code].status, errorText(code, language), code);
