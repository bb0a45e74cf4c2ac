// The routes of one service: its contract by GET, its messages by POST, everything else refused by the pipeline.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServiceDescription } from '../soap/service.ts';
import { decodeBody } from './body.ts';
import { certificateOf } from './certificate.ts';
import { addressOf, createContractFiles, endpointOf } from './contract.ts';
import { badBody, tooLarge } from './problems.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** A service and the function that answers its messages. */
export interface MountedService {
  readonly service: ServiceDescription;
  readonly handle: (request: WireRequest) => Promise<WireAnswer>;
  /** Whether it asks for a client certificate. */
  readonly overTls: boolean;
  /** Of a message, in bytes. */
  readonly largestBody: number;
}

export interface ServiceOptions {
  readonly publicUrl: string | undefined;
  /** Addresses of TLS terminators whose Client-Cert header is believed. */
  readonly proxies: readonly string[];
  /** The port of the https listener, known once it listens. */
  readonly tlsPort: () => number;
}

/** Header values as one text each. */
export const flatten = (headers: FastifyRequest['headers']): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );

const send = (reply: FastifyReply, { status, headers, body }: WireAnswer) =>
  reply.code(status).headers(headers).send(body);

/** What is left of a body that fastify could not take; of one with an unreadable media type, the pipeline says the rest. */
export const bodyAfter = (
  error: NodeJS.ErrnoException,
  { headers }: FastifyRequest,
  largest: number,
): WireRequest['body'] => {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return tooLarge(`${headers['content-length'] ?? 'more'} bytes`, largest);
  return error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' ? Buffer.alloc(0) : badBody(error.message);
};

/** Mounts a service in an encapsulated plugin, where every body is bytes. */
export const mountService = (
  app: FastifyInstance,
  { service, handle, overTls, largestBody }: MountedService,
  { publicUrl, proxies, tlsPort }: ServiceOptions,
): void => {
  const contractFile = createContractFiles(service);
  const answer = async (request: FastifyRequest, body: WireRequest['body']): Promise<WireAnswer> =>
    handle({
      method: request.method,
      path: request.url,
      headers: flatten(request.headers),
      body,
      remote: request.ip,
      certificate: certificateOf(request, proxies),
    });

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler(async (error: NodeJS.ErrnoException, request, reply) => {
      const body = bodyAfter(error, request, largestBody);
      return send(reply, await answer(request, body));
    });
    for (const path of service.paths) {
      scope.all(path, async (request, reply) => {
        if (request.method === 'GET' || request.method === 'HEAD') {
          const { protocol } = request;
          const { host } = request.headers;
          const address = addressOf(publicUrl, protocol, host, path);
          const endpoint = endpointOf({ publicUrl, overTls, tlsPort }, protocol, host, path);
          const file = contractFile(request.query as Record<string, unknown>, address, endpoint);
          if (file !== undefined) return reply.type('text/xml; charset=utf-8').send(file);
          if (Object.keys(request.query as object).some((key) => key.toLowerCase() === 'xsd')) {
            const names = Object.keys(service.schemas).join(', ');
            return reply.code(404).type('text/plain; charset=utf-8').send(`?xsd= is one of ${names}\n`);
          }
        }
        const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const body = await decodeBody(raw, request.headers['content-encoding'], largestBody);
        return send(reply, await answer(request, body));
      });
    }
  });
};
