// What the REST service does, rule by rule, each with how well it is known.

import type { Statement } from '../../kernel/problem.ts';

const documented = (what: string): Statement => ({ what, basis: 'documented' });
const assumed = (what: string): Statement => ({ what, basis: 'assumed' });

export const restStatements: readonly Statement[] = [
  documented(
    'REST: POST /rest/v1/personer and /rest/v2/personer, personidentifikatorer of at most 1000, a bearer token',
  ),
  documented('REST: the names of the members of a person'),
  assumed('REST: the answer is {"personer": […]}, one for each number, in the order of the request'),
  assumed(
    'REST: v1 and v2 answer alike, by the rules of HentPersoner with everything asked for; spraak is never told',
  ),
  assumed(
    'REST: the token is a JWT by its form, with the scope krr:global/kontaktinformasjon.read; signature, times and issuer are not looked at, and no relation is asked for',
  ),
  assumed('REST: refusals are problem details (RFC 9457): 400, 401, 403, 404, 405, 413, 415'),
];
