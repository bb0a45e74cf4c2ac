// How the REST service tells its problems: details of RFC 9457, with the contract's code, or with a status alone where it has none.

import { phraseOf, problemDetails } from '../../http/details.ts';
import { bodyRefusals, type HttpProblem } from '../../http/problems.ts';
import type { HttpRefusal } from '../../kernel/face.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { RegisterProblem } from '../../store/unavailable.ts';
import { type ErrorCode, errors, errorText, type Language, OWN_FAULT } from '../codes.ts';
import type { Refusal } from '../rule.ts';
import type { RestRefusal } from './problem.ts';

/** Whatever the service and its register refuse. */
export type RestProblem = Refusal | RestRefusal | Problem<RegisterProblem | HttpProblem | 'internal'>;

/** What the caller is told. */
export interface RestFace extends Pick<HttpRefusal, 'status' | 'text' | 'headers'> {
  /** `fejlkode`, where the contract has one. */
  readonly code?: ErrorCode;
}

const byStatus = (status: number, headers: HttpRefusal['headers'] = {}): RestFace => ({
  status,
  text: phraseOf(status),
  headers,
});

const byCode = (code: ErrorCode, language: Language): RestFace => ({
  status: errors[code].status,
  text: errorText(code, language),
  code,
});

/** The face of a problem. A code that is missing here does not compile: nothing would be returned for it. */
export const restFace = (problem: RestProblem, language: Language): RestFace => {
  if ('code' in problem) return byCode(problem.code, language);
  switch (problem.problem) {
    case 'rest.403':
      return byStatus(403);
    case 'rest.404':
      return problem.near === undefined
        ? byStatus(404)
        : { ...byStatus(404), text: `nothing is here; did you mean ${problem.near}?` };
    case 'rest.405':
      return { ...byStatus(405, { allow: problem.allow }), text: `this address takes ${problem.allow}` };
    case 'rest.412':
      return byStatus(412);
    case 'rest.415':
      return byStatus(415, { accept: 'application/json' });
    case 'http.too-large':
    case 'http.content-encoding':
    case 'http.body':
      return bodyRefusals[problem.problem];
    case 'register.unavailable':
    case 'internal':
      return byCode(OWN_FAULT, language);
  }
};

/**
 * What a caller without credentials must bring (RFC 9110 §11.6.1). No scheme is registered for client certificates; one that
 * says so is needed all the same: some HTTP clients hide a 401 that names none.
 *
 * @param scopes whether a bearer token is asked for
 */
export const challenge = (scopes: boolean): string =>
  `ClientCertificate realm="DFDG"${scopes ? ', Bearer realm="DFDG"' : ''}`;

/** What goes out for a problem: RFC 9457, `fejlkode` only where the contract has a code. */
export const detailsOf = ({ status, text, headers, code }: RestFace, scopes: boolean) =>
  problemDetails({
    status,
    text,
    headers: { ...headers, ...(status === 401 ? { 'www-authenticate': challenge(scopes) } : {}) },
    members: { ...(code === undefined ? {} : { fejlkode: code }), fejltekst: text },
  });

/** A refusal in one word, for the access log. */
export const resultOf = ({ status, code }: RestFace): string =>
  code === undefined ? `HTTP ${status}` : String(code);
