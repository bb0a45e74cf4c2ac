// What can be wrong with a connection, or with a request before any service sees it, and how to mend it.

import type { Explanation, Problem } from '../kernel/problem.ts';

/** What ends a connection before there is anybody to answer. */
export type HandshakeProblem =
  | 'tls.version'
  | 'tls.cipher'
  | 'tls.distrusted'
  | 'tls.timeout'
  | 'tls.left'
  | 'tls.handshake';

export type ConnectionProblem =
  | 'tls.plain-http'
  | 'http.tls'
  | 'http.request'
  | 'http.headers-too-large'
  | 'http.timeout'
  | 'http.expectation'
  | 'http.proxy'
  | 'http.host'
  | 'http.address';

/** An error of OpenSSL or of the HTTP parser, with what they add to it. */
export interface LibraryError extends Error {
  readonly code?: string;
  readonly reason?: string;
  /** What the parser was given when it failed. */
  readonly rawPacket?: Buffer;
}

/** The answers, by status and its phrase. */
const ANSWERS = {
  'tls.plain-http': [400, 'Bad Request'],
  'http.tls': [400, 'Bad Request'],
  'http.request': [400, 'Bad Request'],
  'http.headers-too-large': [431, 'Request Header Fields Too Large'],
  'http.timeout': [408, 'Request Timeout'],
  'http.expectation': [417, 'Expectation Failed'],
  'http.proxy': [405, 'Method Not Allowed'],
  'http.host': [400, 'Bad Request'],
  'http.address': [403, 'Forbidden'],
} as const satisfies Record<ConnectionProblem, readonly [status: number, title: string]>;

/** A problem of a connection. */
export const connectionProblem = <Code extends ConnectionProblem | HandshakeProblem>(
  code: Code,
  explanation: Omit<Explanation, 'basis'> & Partial<Pick<Explanation, 'basis'>>,
): Problem<Code> => ({ problem: code, explanation: { basis: 'documented', ...explanation } });

/** A problem as an answer in words; here the caller is told what the journal is told, since it knows no service yet. */
export const inWords = ({
  problem,
  explanation: { expected, found, remedy },
}: Problem<ConnectionProblem>): { status: number; title: string; text: string } => {
  const [status, title] = ANSWERS[problem];
  return { status, title, text: `expected ${expected}; found ${found}\n${remedy}\n` };
};

/** What a library says of a failure, with its code. */
export const reasonOf = ({ code, message, reason }: LibraryError): string =>
  `${reason ?? message.slice(0, 200)} (${code ?? 'no code'})`;

/** TLS on the http port. */
const tlsOnPlainPort = (): Problem<ConnectionProblem> =>
  connectionProblem('http.tls', {
    check: 'the protocol of the connection',
    expected: 'plain HTTP: this port speaks no TLS',
    found: 'the beginning of a TLS handshake',
    rule: 'RFC 9110 §4.2.1',
    remedy: 'use http:// here, or the https port of the emulator',
  });

const LARGEST_HEADERS = 16;

/** What the HTTP parser could not read. */
export const parserProblem = (error: LibraryError, seconds: number): Problem<ConnectionProblem> => {
  const { code, rawPacket } = error;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return connectionProblem('http.timeout', {
      check: 'the time that a request takes to arrive',
      expected: `its headers within ${seconds} seconds, the whole within ${2 * seconds}`,
      found: 'a request that was not whole by then',
      rule: 'RFC 9110 §15.5.9; a limit of the emulator',
      remedy: 'send as many bytes as Content-Length announces, and the last chunk of a chunked body',
    });
  if (code === 'HPE_HEADER_OVERFLOW')
    return connectionProblem('http.headers-too-large', {
      check: 'size of the request headers',
      expected: `at most ${LARGEST_HEADERS} KiB together`,
      found: 'more',
      rule: 'RFC 6585 §5; a limit of the HTTP library',
      remedy: 'send fewer and shorter headers; cookies are not needed here',
    });
  // A TLS record: handshake, version 3.x.
  if (rawPacket?.[0] === 22 && rawPacket[1] === 3) return tlsOnPlainPort();
  const http2 = rawPacket?.subarray(0, 14).toString('latin1') === 'PRI * HTTP/2.0';
  return connectionProblem('http.request', {
    check: 'the request as HTTP/1.1',
    expected: 'a request line, headers, and a body as they announce it',
    found: http2 ? 'the beginning of an HTTP/2 connection' : reasonOf(error),
    rule: 'RFC 9112 §2.2',
    remedy: http2 ? 'let the client speak HTTP/1.1' : 'let an HTTP library write the request',
  });
};

export const unmetExpectation = (found: string): Problem<ConnectionProblem> =>
  connectionProblem('http.expectation', {
    check: 'Expect of the request',
    expected: '100-continue, or no such header',
    found: found.slice(0, 100),
    rule: 'RFC 9110 §10.1.1',
    remedy: 'leave the header out',
  });

export const noProxy = (): Problem<ConnectionProblem> =>
  connectionProblem('http.proxy', {
    check: 'method of the request',
    expected: 'a request to the emulator itself',
    found: 'CONNECT: a client that takes the emulator for a proxy',
    rule: 'RFC 9110 §9.3.6',
    remedy: 'name the emulator as the address of the service, not as the proxy of the client',
  });

/** RFC 9112 §3.2: exactly one Host header. */
export const hostProblem = (count: number): Problem<ConnectionProblem> =>
  connectionProblem('http.host', {
    check: 'Host of the request',
    expected: 'one Host header',
    found: count === 0 ? 'none' : `${count} of them`,
    rule: 'RFC 9112 §3.2',
    remedy: 'let the HTTP library set Host, and set none beside it',
  });

/** @param header what is strange: Host or Origin */
export const strangeAddress = (
  header: string,
  { expected, found, remedy }: Pick<Explanation, 'expected' | 'found' | 'remedy'>,
): Problem<ConnectionProblem> =>
  connectionProblem('http.address', {
    check: `${header} of the request, where no signature and no certificate is asked for`,
    expected,
    found,
    rule: 'a rule of the emulator: no web page of another site calls it through a browser',
    remedy,
    basis: 'assumed',
  });
