// What can be wrong with a TLS connection before it carries a request, and how to mend it.

import type { Problem } from '../kernel/problem.ts';
import {
  type ConnectionProblem,
  connectionProblem,
  type HandshakeProblem,
  type LibraryError,
  reasonOf,
} from './connection-problems.ts';

/** Plain HTTP on the https port. */
export const plainHttp = (url: string): Problem<ConnectionProblem> =>
  connectionProblem('tls.plain-http', {
    check: 'the protocol of the connection',
    expected: 'TLS: this port speaks https',
    found: 'a request in plain HTTP',
    rule: 'RFC 9110 §4.2.2',
    remedy: `use ${url}, or the http port of the emulator`,
  });

const handshake = (
  code: HandshakeProblem,
  expected: string,
  found: string,
  rule: string,
  remedy: string,
): Problem<HandshakeProblem> =>
  connectionProblem(code, { check: 'the TLS handshake', expected, found, rule, remedy });

export const handshakeTimeout = (seconds: number): Problem<HandshakeProblem> =>
  handshake(
    'tls.timeout',
    `a finished handshake within ${seconds} seconds`,
    'a connection without one',
    'a limit of the emulator',
    'look for a proxy or a firewall that keeps back what the client sends',
  );

/** @param finished whether the handshake was finished before the client left */
export const clientLeft = (finished: boolean): Problem<HandshakeProblem> =>
  handshake(
    'tls.left',
    'a handshake, then a request',
    finished
      ? 'a client that closed the connection after the handshake, without a request'
      : 'a client that closed the connection during the handshake, without a TLS alert',
    'RFC 8446 §6.1',
    'look at the error of the client; where it does not trust the emulator (Node.js tells nobody but its own program), let it trust pki/trust.pem. Probes and browsers that connect ahead of time do the same and need no remedy',
  );

const DISTRUST =
  /ALERT_(?:UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE|CERTIFICATE_EXPIRED|CERTIFICATE_REVOKED|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)/;
const VERSION = /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|VERSION_TOO_LOW|WRONG_VERSION_NUMBER|VERSION_NUMBER/;
const CIPHER =
  /NO_SHARED|NO_SUITABLE|ALERT_HANDSHAKE_FAILURE|ALERT_INSUFFICIENT_SECURITY|UNSUPPORTED_ELLIPTIC_CURVE/;

/** What OpenSSL says of a handshake that failed. */
export const handshakeProblem = (
  error: LibraryError,
  httpsUrl: string,
): Problem<ConnectionProblem | HandshakeProblem> => {
  const code = error.code ?? '';
  if (/HTTPS?_(?:PROXY_)?REQUEST$/.test(code)) return plainHttp(httpsUrl);
  if (DISTRUST.test(code))
    return handshake(
      'tls.distrusted',
      'a client that trusts the certificate of the emulator',
      `its alert: ${reasonOf(error)}`,
      'RFC 8446 §6.2',
      'let the client trust pki/trust.pem of the data directory, and ask by a name of the certificate (localhost, 127.0.0.1, ::1), or give the emulator a certificate that it trusts (--server-cert, --server-key)',
    );
  if (VERSION.test(code))
    return handshake(
      'tls.version',
      'TLS 1.2 or 1.3',
      reasonOf(error),
      'RFC 8996',
      'let the client offer TLS 1.2 or later',
    );
  if (CIPHER.test(code))
    return handshake(
      'tls.cipher',
      'a cipher suite, a group and a signature algorithm that both sides know',
      reasonOf(error),
      'RFC 8446 §4.1.1',
      'let the client offer a usual suite with AES-GCM or ChaCha20 and a certificate of an RSA key',
    );
  return handshake(
    'tls.handshake',
    'a handshake of TLS 1.2 or 1.3',
    reasonOf(error),
    'RFC 8446 §6.2',
    'look at the error of the client; “openssl s_client -connect” shows the handshake step by step',
  );
};
