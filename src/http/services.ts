// The routes of one service: its contract by GET, its messages by POST, everything else refused by the pipeline.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServiceDescription } from '../soap/service.ts';
import { decodeBody } from './body.ts';
import { certificateOf } from './certificate.ts';
import { compress } from './compression.ts';
import { addressOf, createContractFiles, endpointOf } from './contract.ts';
import { DEFECT, isBodyError } from './defect.ts';
import type { Gate } from './gates.ts';
import { badBody, tooLarge } from './problems.ts';
import type { Reports } from './reports.ts';
import { aboutOf, flatten } from './request.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** A service and the function that answers its messages. */
export interface MountedService {
  readonly service: ServiceDescription;
  readonly handle: (request: WireRequest) => Promise<WireAnswer>;
  /** Whether it asks for a client certificate. */
  readonly overTls: boolean;
  /** Of a message, in bytes. */
  readonly largestBody: number;
  /** Whether it asks for neither a signature nor a certificate at this moment. */
  readonly open: () => boolean;
}

export interface ServiceOptions {
  readonly publicUrl: string | undefined;
  /** Addresses of TLS terminators whose Client-Cert header is believed. */
  readonly proxies: readonly string[];
  /** The address of the listener of a protocol, known once it listens. */
  readonly own: (protocol: string) => string;
  /** The port of the https listener, known once it listens. */
  readonly tlsPort: () => number;
  readonly gate: Gate;
  readonly reports: Reports;
}

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
  { service, handle, overTls, open, largestBody }: MountedService,
  { publicUrl, proxies, own, tlsPort, gate, reports }: ServiceOptions,
): void => {
  const contractFile = createContractFiles(service);
  const answer = async (request: FastifyRequest, body: WireRequest['body']): Promise<WireAnswer> => {
    const headers = flatten(request.headers);
    const given = await handle({
      method: request.method,
      path: request.url,
      headers,
      body,
      remote: request.ip,
      certificate: certificateOf(request, proxies),
    });
    return service.compressedAnswers ? compress(given, headers['accept-encoding']) : given;
  };

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, body, done) =>
      done(null, body),
    );
    scope.addHook('onRequest', gate(service.name, open));
    scope.setErrorHandler(async (error, request, reply) => {
      let defect: unknown = error;
      try {
        if (isBodyError(error, request))
          return send(reply, await answer(request, bodyAfter(error, request, largestBody)));
      } catch (another) {
        defect = another;
      }
      const named = reports.defect(defect, { ...aboutOf(request), service: service.name });
      return reply.code(DEFECT.status).headers(named).type(DEFECT.type).send(DEFECT.text);
    });
    for (const path of service.paths) {
      scope.all(path, async (request, reply) => {
        if (request.method === 'GET' || request.method === 'HEAD') {
          const { protocol, headers } = request;
          const address = `${addressOf(publicUrl, protocol, headers.host, own(protocol))}${path}`;
          const published = { publicUrl, overTls, own, tlsPort };
          const endpoint = `${endpointOf(published, protocol, headers.host)}${path}`;
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
