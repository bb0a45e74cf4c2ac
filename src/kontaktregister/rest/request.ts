// The body of a request: the numbers that it asks for, or why it cannot be read.

import type { WireRequest } from '../../http/wire.ts';
import { brief } from '../../kernel/brief.ts';
import { check, WHOLE } from '../../kernel/issue.ts';
import { parseJson } from '../../kernel/json.ts';
import { isProblem, type Problem } from '../../kernel/problem.ts';
import { type PersonerProblem, refusal } from './problems.ts';
import { body as bodyForm } from './routes.ts';

export const RULE = 'the OpenAPI document, /rest/openapi.json';

export const invalid = (expected: string, found: string): Problem<'personer.request'> =>
  refusal('personer.request', {
    check: 'body of the request',
    expected,
    found,
    rule: RULE,
    remedy: 'send {"personidentifikatorer": ["…"]} with 1 to 1000 numbers of eleven digits',
  });

export const otherMedia = (found: string): Problem<'personer.media-type'> =>
  refusal('personer.media-type', {
    check: 'media type of the body',
    expected: 'Content-Type: application/json',
    found,
    rule: 'RFC 9110 §15.5.16',
    remedy: 'send Content-Type: application/json with the body',
  });

/** The numbers that a body asks for. */
export const numbersIn = ({ headers, body }: WireRequest): readonly string[] | PersonerProblem => {
  if (isProblem(body)) return body;
  const media = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (media !== 'application/json') return otherMedia(media ? brief(media) : 'none');
  const read = parseJson(body);
  if ('fault' in read) return invalid('JSON in UTF-8', read.fault);
  const checked = check(bodyForm, read.json);
  if ('value' in checked) return checked.value.personidentifikatorer;
  const { place, expected = 'what the schema says', found } = checked.issue;
  return invalid(place === WHOLE ? expected : `${expected} at ${place}`, found);
};
