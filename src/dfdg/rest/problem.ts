// How the REST face refuses: problem details with the contract's code, or with a status alone where it has none.

import { type Explanation, isProblem, type Problem } from '../../kernel/problem.ts';
import { errors, errorText, type Language } from '../codes.ts';
import { numberOf } from '../problems.ts';
import { type Refusal, refusal } from '../rule.ts';

const TITLES = {
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  415: 'Unsupported Media Type',
} as const;
type BareStatus = keyof typeof TITLES;

/** What the REST face refuses besides what the register and the caller's rights do. */
export type RestProblem = `rest.${BareStatus}`;

/** A refusal by status: the contract has no code for it. */
export const bare = (
  status: BareStatus,
  explanation: Omit<Explanation, 'basis'>,
  headers: Readonly<Record<string, string>> = {},
): Problem<RestProblem> => ({
  problem: `rest.${status}`,
  wire: { kind: 'http', status, text: TITLES[status], headers },
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

/** What goes out for a problem: RFC 9457, `fejlkode` only where the contract has a code. */
export const detailsOf = (problem: Problem, language: Language) => {
  const { wire } = problem;
  const [status, text, code] =
    wire.kind === 'http'
      ? [wire.status, wire.text]
      : [errors[numberOf(problem)].status, errorText(numberOf(problem), language), numberOf(problem)];
  return {
    status,
    headers: {
      ...(wire.kind === 'http' ? wire.headers : {}),
      'content-type': 'application/problem+json; charset=utf-8',
    },
    body: Buffer.from(
      JSON.stringify({
        type: 'about:blank',
        title: text,
        status,
        ...(code === undefined ? {} : { fejlkode: code }),
        fejltekst: text,
      }),
    ),
  };
};

export type Refused = Refusal | Problem;
export const isRefused = (value: object): value is Refused =>
  isProblem(value) || ('explanation' in value && 'code' in value);
