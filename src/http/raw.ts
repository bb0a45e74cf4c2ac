// Answers over a bare connection, where no request could be read: what the HTTP library alone would refuse without a word.

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  inWords,
  type LibraryError,
  noProxy,
  parserProblem,
  unmetExpectation,
} from './connection-problems.ts';
import { countRepeats } from './repeats.ts';
import type { About, Reports } from './reports.ts';

/** The beginning of a request in plain HTTP: method and target. */
export const REQUEST_LINE = /^([A-Z][A-Z-]{0,19}) (\S{1,200})/;

/** How long what still comes is read and dropped, so that the answer is not lost with the connection: milliseconds. */
const DROPPING = 1000;

/** Sends words and closes. */
export const rawAnswer = (
  socket: Duplex,
  { status, title, text }: ReturnType<typeof inWords>,
  headers: Readonly<Record<string, string>>,
): void => {
  const lines = [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.on('error', () => {});
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`);
  socket.resume();
  // A timer that is late comes before what arrived meanwhile is read.
  setTimeout(() => setImmediate(() => socket.destroy()), DROPPING).unref();
};

type Peer = Duplex & { readonly remoteAddress?: string; readonly bytesRead?: number };

/** What a parser error says of its request; a packet from the middle of a body says nothing of it. */
const aboutError = ({ rawPacket }: LibraryError, { remoteAddress = '-' }: Peer, layer: string): About => {
  const line = /^([A-Z][A-Z-]{0,19}) (\S{1,200}) HTTP\//.exec(
    rawPacket?.subarray(0, 300).toString('latin1') ?? '',
  );
  const [, method = '-', path = layer] = line ?? [];
  return { method, path, remote: remoteAddress };
};

/**
 * Answers in words, and tells of, what the HTTP library would refuse by itself.
 *
 * @param layer what a connection without a request is called in the journal
 * @param headerSeconds how long headers may take
 */
export const answerRaw = (
  server: Server,
  layer: 'http' | 'tls',
  reports: Reports,
  headerSeconds: number,
): void => {
  const tell = countRepeats(reports.problem);
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, response) => answering.set(request.socket, response));

  server.on('clientError', (error: LibraryError, socket: Peer) => {
    const { code = '' } = error;
    // A connection that was opened ahead of time and never used is closed without a word.
    const unused = code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0;
    if (!/^(?:HPE_|ERR_HTTP_)/.test(code) || unused || !socket.writable) {
      socket.destroy();
      return;
    }
    const problem = parserProblem(error, headerSeconds);
    const words = inWords(problem);
    const named = tell(problem, aboutError(error, socket, layer), words);
    const response = answering.get(socket);
    // In the middle of another answer there is no room for words.
    if (response?.headersSent && !response.writableFinished) socket.destroy();
    else rawAnswer(socket, words, named);
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const { method = '-', url = '-', socket, headers } = request;
    const problem = unmetExpectation(headers.expect ?? '');
    const words = inWords(problem);
    const named = reports.problem(problem, { method, path: url, remote: socket.remoteAddress ?? '-' }, words);
    response.writeHead(words.status, {
      'content-type': 'text/plain; charset=utf-8',
      connection: 'close',
      ...named,
    });
    response.end(words.text);
  });
  server.on('connect', ({ url = '-', socket: { remoteAddress = '-' } }: IncomingMessage, socket: Duplex) => {
    const problem = noProxy();
    const words = inWords(problem);
    rawAnswer(socket, words, tell(problem, { method: 'CONNECT', path: url, remote: remoteAddress }, words));
  });
};
