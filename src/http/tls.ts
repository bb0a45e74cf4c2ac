// The https listener: what comes before a request, from the first byte of a connection to the end of its handshake.

import { X509Certificate } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { inWords, type LibraryError } from './connection-problems.ts';
import { REQUEST_LINE, rawAnswer } from './raw.ts';
import { countRepeats } from './repeats.ts';
import type { Reports } from './reports.ts';
import { clientLeft, handshakeProblem, handshakeTimeout, plainHttp } from './tls-problems.ts';

/** Milliseconds from the connection to the end of the handshake. */
const HANDSHAKE_PATIENCE = 10_000;

/** A connection until it is closed. */
interface Shaking {
  readonly remote: string;
  /** Whether anything came over it: who only looks whether the port is open is nobody to be told of. */
  spoke: boolean;
  finished: boolean;
  /** Nothing is left to be told of it: it carried a request, or its problem is told. */
  settled: boolean;
}

/**
 * The connection under a TLS socket. Node.js gives it no public name, and the address by which it could be found is gone
 * when the peer has left.
 */
const under = (socket: Socket): Socket | undefined => (socket as { _parent?: Socket })._parent;

const TLS = { method: '-', path: 'tls' } as const;

/** Takes the first bytes of a connection, and gives them back to whoever reads it next. */
const onFirstBytes = (socket: Socket, take: (bytes: Buffer) => void): void => {
  socket.once('data', (bytes: Buffer) => {
    socket.pause();
    socket.unshift(bytes);
    take(bytes);
  });
};

/**
 * Forgets what OpenSSL noted while it checked a client certificate.
 *
 * The emulator judges certificates itself and lets OpenSSL go on whatever it finds. But where a certificate names an issuer
 * that did not sign it, OpenSSL leaves the failed signature in its queue of errors, finishes the handshake, and Node.js takes
 * that entry for the result of the next read: the connection is reset. `keylog` is the one event between the check and that
 * read; making an X509Certificate empties the queue. The secrets that the event brings are not looked at.
 */
const forgetOpenSslErrors = (server: Server, certificatePem: string): void => {
  const AFTER_CHECK = ['CLIENT_RANDOM', 'CLIENT_TRAFFIC_SECRET_0'];
  server.on('keylog', (line: Buffer) => {
    const label = line.subarray(0, line.indexOf(0x20)).toString('latin1');
    if (AFTER_CHECK.includes(label)) new X509Certificate(certificatePem);
  });
};

/** What connections are followed with. */
interface Following {
  readonly server: Server;
  readonly tell: Reports['problem'];
  readonly httpsUrl: () => string;
  /** Milliseconds. */
  readonly patience: number;
}

const answerPlainHttp = (
  { tell, httpsUrl }: Following,
  socket: Socket,
  shaking: Shaking,
  line: RegExpExecArray,
): void => {
  const [, method = '-', path = '-'] = line;
  shaking.settled = true;
  const problem = plainHttp(httpsUrl());
  const words = inWords(problem);
  const named = tell(problem, { method, path, remote: shaking.remote }, words);
  rawAnswer(socket, words, named);
};

/**
 * Follows a connection from its first byte until it is closed.
 *
 * @param shakeHands what takes it over where it begins a handshake
 */
const followConnection = (
  following: Following,
  socket: Socket,
  shakeHands: (socket: Socket) => void,
): Shaking => {
  const { tell, patience } = following;
  const shaking: Shaking = {
    remote: socket.remoteAddress ?? '-',
    spoke: false,
    finished: false,
    settled: false,
  };
  const timer = setTimeout(() => {
    if (shaking.finished) return;
    if (!shaking.settled) tell(handshakeTimeout(patience / 1000), { ...TLS, remote: shaking.remote });
    shaking.settled = true;
    socket.destroy();
  }, patience);
  timer.unref();
  socket.once('error', () => {});
  socket.once('close', () => {
    clearTimeout(timer);
    if (shaking.spoke && !shaking.settled)
      tell(clientLeft(shaking.finished), { ...TLS, remote: shaking.remote });
  });
  onFirstBytes(socket, (bytes) => {
    shaking.spoke = true;
    const line = REQUEST_LINE.exec(bytes.subarray(0, 300).toString('latin1'));
    if (line) answerPlainHttp(following, socket, shaking, line);
    else shakeHands(socket);
  });
  return shaking;
};

/** Follows every connection, and tells of those that never carry a request. */
const followConnections = (following: Following): void => {
  const { server, tell, httpsUrl } = following;
  const connections = new WeakMap<Socket, Shaking>();
  const shakingOf = (socket: Socket): Shaking | undefined => {
    const connection = under(socket);
    return connection && connections.get(connection);
  };
  const toHandshake = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  const shakeHands = (socket: Socket): void => {
    for (const begin of toHandshake) begin.call(server, socket);
  };
  server.on('connection', (socket: Socket) => {
    connections.set(socket, followConnection(following, socket, shakeHands));
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    const shaking = shakingOf(socket);
    if (shaking) shaking.finished = true;
  });
  // What came over a finished handshake is answered and told elsewhere, whatever it was.
  const carried = (socket: Socket): void => {
    const shaking = shakingOf(socket);
    if (shaking?.finished) shaking.settled = true;
  };
  for (const event of ['request', 'checkExpectation', 'connect'] as const)
    server.on(event, ({ socket }: IncomingMessage) => carried(socket));
  server.on('clientError', (_error, socket: Socket) => carried(socket));
  server.on('tlsClientError', (error: LibraryError, socket: TLSSocket) => {
    const shaking = shakingOf(socket);
    // A connection that was cut off without a word of OpenSSL is told of when it closes.
    if (!shaking || shaking.settled || !error.code?.startsWith('ERR_SSL_')) return;
    shaking.settled = true;
    tell(handshakeProblem(error, httpsUrl()), { ...TLS, remote: shaking.remote });
  });
};

export interface TlsOptions extends ServerOptions {
  readonly cert: string;
}

/** @param httpsUrl the address of the listener, once it listens */
export const createTlsServer = (
  options: TlsOptions,
  handle: RequestListener,
  reports: Reports,
  httpsUrl: () => string,
): Server => {
  // The certificate of a client is asked for, not demanded: the program judges it and can say what is wrong with it.
  const server = createServer({ ...options, requestCert: true, rejectUnauthorized: false }, handle);
  forgetOpenSslErrors(server, options.cert);
  followConnections({
    server,
    tell: countRepeats(reports.problem),
    httpsUrl,
    patience: options.handshakeTimeout ?? HANDSHAKE_PATIENCE,
  });
  return server;
};
