// The client certificate of a request: from the TLS connection, or from a listed proxy's Client-Cert header (RFC 9440).

import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';

// One object per connection: whoever judges certificates can remember a verdict by it.
const ofConnection = new WeakMap<object, Buffer>();

const fromConnection = (socket: TLSSocket): Buffer | undefined => {
  const before = ofConnection.get(socket);
  if (before || !('getPeerX509Certificate' in socket)) return before;
  const certificate = socket.getPeerX509Certificate()?.raw;
  if (certificate) ofConnection.set(socket, certificate);
  return certificate;
};

/** RFC 9440 §2.2: the DER certificate in base64 between colons. */
const fromHeader = (header: string | string[] | undefined): Buffer | undefined => {
  const base64 =
    typeof header === 'string' ? /^:([A-Za-z0-9+/]+={0,2}):$/.exec(header.trim())?.[1] : undefined;
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
};

/** @param proxies addresses whose Client-Cert header is believed; from anywhere else the header means nothing */
export const certificateOf = (request: FastifyRequest, proxies: readonly string[]): Buffer | undefined => {
  const address = request.ip.replace(/^::ffff:/, '');
  const handedOver = proxies.includes(address) ? fromHeader(request.headers['client-cert']) : undefined;
  return handedOver ?? fromConnection(request.raw.socket as TLSSocket);
};
