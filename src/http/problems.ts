// What can be wrong with a request before its body is whole.

import type { Problem } from '../kernel/problem.ts';

export type HttpProblem = 'http.too-large' | 'http.content-encoding' | 'http.body';

/** @param limit bytes, before and after the content encoding is undone */
export const tooLarge = (found: string, limit: number): Problem<HttpProblem> => ({
  problem: 'http.too-large',
  wire: { kind: 'http', status: 413, text: 'Payload Too Large' },
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
  wire: { kind: 'http', status: 415, text: 'Unsupported Media Type', headers: { 'accept-encoding': 'gzip' } },
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
  wire: { kind: 'http', status: 400, text: 'Bad Request' },
  explanation: {
    check: 'the request body as HTTP',
    expected: 'as many bytes as announced',
    found,
    rule: 'RFC 9110 §8.6',
    remedy: 'let the HTTP library set Content-Length',
    basis: 'assumed',
  },
});
