// How the REST face refuses: problem details with the contract's code, or with a status alone where it has none.

import { STATUS_CODES } from 'node:http';
import { type Explanation, isProblem, type Problem } from '../../kernel/problem.ts';
import { errors, errorText, type Language } from '../codes.ts';
import { numberOf } from '../problems.ts';
import { type Refusal, refusal } from '../rule.ts';

type BareStatus = 403 | 404 | 405 | 412 | 415;

/** The phrase of a status (RFC 9457 §4.2.1: the title where the type is about:blank). */
export const phraseOf = (status: number): string => STATUS_CODES[status] ?? '';

/** What the REST face refuses besides what the register and the caller's rights do. */
export type RestProblem = `rest.${BareStatus}`;

/** A refusal by status: the contract has no code for it. `text` is what the caller is told. */
export const bare = (
  status: BareStatus,
  explanation: Omit<Explanation, 'basis'>,
  headers: Readonly<Record<string, string>> = {},
  text: string = phraseOf(status),
): Problem<RestProblem> => ({
  problem: `rest.${status}`,
  wire: { kind: 'http', status, text, headers },
  explanation: { ...explanation, basis: 'documented' },
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

/** What is wrong with a body before it is read: 1014, but where HTTP has a status of its own for it (413, 415). */
export const bodyFault = (fault: Problem): Problem | Refusal =>
  fault.wire.kind === 'http' && fault.wire.status === 400
    ? invalid('a body that can be read', fault.explanation.found)
    : fault;

/** How problems are told. */
export interface Telling {
  readonly language: Language;
  /** Whether a bearer token is asked for. */
  readonly scopes: boolean;
}

/**
 * What a caller without credentials must bring (RFC 9110 §11.6.1). No scheme is registered for client certificates; one that
 * says so is needed all the same: some HTTP clients hide a 401 that names none.
 */
export const challenge = (scopes: boolean): string =>
  `ClientCertificate realm="DFDG"${scopes ? ', Bearer realm="DFDG"' : ''}`;

/** What goes out for a problem: RFC 9457, `fejlkode` only where the contract has a code. */
export const detailsOf = (problem: Problem, { language, scopes }: Telling) => {
  const { wire } = problem;
  const [status, text, code] =
    wire.kind === 'http'
      ? [wire.status, wire.text]
      : [errors[numberOf(problem)].status, errorText(numberOf(problem), language), numberOf(problem)];
  return {
    status,
    headers: {
      ...(wire.kind === 'http' ? wire.headers : {}),
      ...(status === 401 ? { 'www-authenticate': challenge(scopes) } : {}),
      'content-type': 'application/problem+json; charset=utf-8',
    },
    body: Buffer.from(
      JSON.stringify({
        type: 'about:blank',
        title: phraseOf(status),
        status,
        detail: text,
        ...(code === undefined ? {} : { fejlkode: code }),
        fejltekst: text,
      }),
    ),
  };
};

export type Refused = Refusal | Problem;
export const isRefused = (value: object): value is Refused =>
  isProblem(value) || ('explanation' in value && 'code' in value);
