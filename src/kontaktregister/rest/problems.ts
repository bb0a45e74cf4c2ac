// What the REST service refuses, and how it goes out: RFC 9457.

import { problemDetails } from '../../http/details.ts';
import { bodyRefusals, type HttpProblem } from '../../http/problems.ts';
import type { WireAnswer } from '../../http/wire.ts';
import type { Explanation, Problem } from '../../kernel/problem.ts';
import type { RegisterProblem } from '../../store/unavailable.ts';

/** What the service alone refuses. */
type OwnProblem =
  | 'personer.token'
  | 'personer.scope'
  | 'personer.address'
  | 'personer.method'
  | 'personer.media-type'
  | 'personer.request';

/** The HTTP status of each [A]. */
const STATUSES = {
  'personer.token': 401,
  'personer.scope': 403,
  'personer.address': 404,
  'personer.method': 405,
  'personer.media-type': 415,
  'personer.request': 400,
} as const satisfies Record<OwnProblem, number>;

export type PersonerProblem = Problem<OwnProblem | HttpProblem | RegisterProblem | 'internal'>;

export const refusal = <Code extends OwnProblem>(
  problem: Code,
  explanation: Omit<Explanation, 'basis'>,
): Problem<Code> => ({ problem, explanation: { basis: 'assumed', ...explanation } });

/** RFC 6750 §3: what a caller must bring. */
export const challenges: Readonly<Partial<Record<PersonerProblem['problem'], string>>> = {
  'personer.token': 'Bearer realm="kontaktregister", error="invalid_token"',
  'personer.scope': 'Bearer realm="kontaktregister", error="insufficient_scope"',
};

export const statusOf = (problem: PersonerProblem['problem']): number => {
  switch (problem) {
    case 'http.too-large':
    case 'http.content-encoding':
    case 'http.body':
      return bodyRefusals[problem].status;
    case 'register.unavailable':
      return 503;
    case 'internal':
      return 500;
    default:
      return STATUSES[problem];
  }
};

/** What is told on the wire: of what is wrong with a request all of it, of the emulator's own matters nothing. */
export const detailOf = ({ problem, explanation: { check, expected, found } }: PersonerProblem): string =>
  problem === 'internal' || problem === 'register.unavailable'
    ? 'the request was not carried out'
    : `${check}: expected ${expected}, found ${found}`;

export const answerOf = (problem: PersonerProblem): WireAnswer => {
  const status = statusOf(problem.problem);
  const challenge = challenges[problem.problem];
  return problemDetails({
    status,
    text: detailOf(problem),
    headers: {
      ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
      ...(status === 405 ? { allow: 'POST' } : {}),
    },
  });
};
