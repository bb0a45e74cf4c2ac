// What can be wrong with a request before its body is whole.

import type { HttpRefusal } from '../kernel/face.ts';
import type { Problem } from '../kernel/problem.ts';

export type HttpProblem = 'http.too-large' | 'http.content-encoding' | 'http.body';

/** HTTP's own words for them, whatever service the body is for. */
export const bodyRefusals = {
  'http.too-large': { kind: 'http', status: 413, text: 'Payload Too Large' },
  'http.content-encoding': {
    kind: 'http',
    status: 415,
    text: 'Unsupported Media Type',
    headers: { 'accept-encoding': 'gzip' },
  },
  'http.body': { kind: 'http', status: 400, text: 'Bad Request' },
} as const satisfies Record<HttpProblem, HttpRefusal>;

/** @param limit bytes, before and after the content encoding is undone */
export const tooLarge = (found: string, limit: number): Problem<HttpProblem> => ({
  problem: 'http.too-large',
  explanation: {
    check: 'size of the request body',
    expected: `at most ${limit} bytes`,
    found,
    rule: 'a limit of the emulator (setting: limits)',
    remedy: 'send a smaller message',
    basis: 'assumed',
  },
});

export const badEncoding = (found: string): Problem<HttpProblem> => ({
  problem: 'http.content-encoding',
  explanation: {
    check: 'Content-Encoding of the request',
    expected: 'none (identity) or gzip',
    found,
    rule: 'RFC 9110 §8.4, §15.5.16',
    remedy: 'send the envelope plain, or gzip it correctly',
    basis: 'assumed',
  },
});

export const badBody = (found: string): Problem<HttpProblem> => ({
  problem: 'http.body',
  explanation: {
    check: 'the request body as HTTP',
    expected: 'as many bytes as announced',
    found,
    rule: 'RFC 9110 §8.6',
    remedy: 'let the HTTP library set Content-Length',
    basis: 'assumed',
  },
});
