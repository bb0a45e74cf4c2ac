// A REST service as it is mounted: its methods, its OpenAPI document, and the answer to everything beside them. Bodies are
// bytes; what they say and what is answered is the service's own.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decodeBody } from './body.ts';
import { certificateOf } from './certificate.ts';
import { endpointOf } from './contract.ts';
import { DEFECT_DETAILS, isBodyError } from './defect.ts';
import { readHeaders } from './headers.ts';
import type { Mounting } from './listen.ts';
import type { Reports } from './reports.ts';
import { aboutOf } from './request.ts';
import { bodyAfter } from './services.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** A method and what answers it. */
export interface RestMethod {
  readonly method: string;
  /** Whole, with parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly answer: (
    request: WireRequest,
    parameters: Readonly<Record<string, string>>,
  ) => Promise<WireAnswer>;
}

export interface RestService {
  /** The name that the journal and the gate know it by. */
  readonly name: string;
  /** What all its addresses begin with; its OpenAPI document is at `<prefix>/openapi.json`. */
  readonly prefix: string;
  readonly methods: readonly RestMethod[];
  /** Makes the OpenAPI document, which anybody may read, from the address of the service without its path. */
  readonly openApi: (server: string) => unknown;
  /** Answers what no method takes or, for the reason in `found`, no router can read. */
  readonly beside: (request: WireRequest, found?: string) => Promise<WireAnswer>;
  /** Whether an address that no router knows is meant for it. */
  readonly concerns: (url: string) => boolean;
  /** Whether it asks for a client certificate at this moment; without one nothing keeps strangers out. */
  readonly overTls: () => boolean;
  readonly publicUrl: string | undefined;
  /** Of a request, in bytes. */
  readonly largestBody: number;
  /** Addresses of TLS terminators whose Client-Cert header is believed. */
  readonly proxies: readonly string[];
  readonly reports: Reports;
}

type Answer = (request: FastifyRequest, body: WireRequest['body']) => Promise<WireAnswer>;

const NO_BODY = Buffer.alloc(0);

const toWire = (
  request: FastifyRequest,
  body: WireRequest['body'],
  proxies: readonly string[],
): WireRequest => ({
  method: request.method,
  path: request.url,
  ...readHeaders(request),
  body,
  remote: request.ip,
  certificate: certificateOf(request, proxies),
});

const send = (reply: FastifyReply, { status, headers, body }: WireAnswer): FastifyReply =>
  reply.code(status).headers(headers).send(body);

const defect = ({ name, reports }: RestService, error: unknown, request: FastifyRequest): WireAnswer => {
  const named = reports.defect(error, { ...aboutOf(request), service: name });
  const { status, type, text } = DEFECT_DETAILS;
  return { status, headers: { ...named, 'content-type': type }, body: Buffer.from(text) };
};

/** How the answers of a method, or those beside all methods, go out. */
const answering = (service: RestService, answer: Answer) => {
  const { largestBody } = service;
  return {
    handler: async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const raw = Buffer.isBuffer(request.body) ? request.body : NO_BODY;
      const body = await decodeBody(raw, request.headers['content-encoding'], largestBody);
      return send(reply, await answer(request, body));
    },
    /** A body that could not be read is answered as such, everything else is a defect. */
    errorHandler: async (
      error: unknown,
      request: FastifyRequest,
      reply: FastifyReply,
    ): Promise<FastifyReply> => {
      let cause = error;
      try {
        if (isBodyError(error, request))
          return send(reply, await answer(request, bodyAfter(error, request, largestBody)));
      } catch (another) {
        cause = another;
      }
      return send(reply, defect(service, cause, request));
    },
  };
};

export const mountRest = (
  app: FastifyInstance,
  service: RestService,
  { gate, own, tlsPort }: Pick<Mounting, 'gate' | 'own' | 'tlsPort'>,
): void => {
  const { name, prefix, methods, openApi, beside, overTls, publicUrl, largestBody, proxies } = service;
  app.register(
    async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, body, done) =>
        done(null, body),
      );
      scope.addHook(
        'onRequest',
        gate(name, () => !overTls()),
      );
      const others = answering(service, (request, body) => beside(toWire(request, body, proxies)));
      scope.setErrorHandler(others.errorHandler);
      scope.setNotFoundHandler(others.handler);
      scope.get('/openapi.json', async ({ protocol, headers: { host } }, reply) => {
        const server = endpointOf({ publicUrl, overTls: overTls(), own, tlsPort }, protocol, host);
        return reply.type('application/json; charset=utf-8').send(openApi(server));
      });
      for (const { method, path, answer } of methods)
        scope.route({
          method,
          url: path.slice(prefix.length).replace(/\{([^}]+)\}/g, ':$1'),
          ...answering(service, (request, body) =>
            answer(toWire(request, body, proxies), request.params as Readonly<Record<string, string>>),
          ),
        });
    },
    { prefix },
  );
};

/**
 * Answers an address that no router knows or, for the reason in `found`, could read, where it is meant for the service.
 *
 * @returns undefined when it is not
 */
export const answerBeside = (
  service: RestService,
  request: FastifyRequest,
  found?: string,
): Promise<WireAnswer> | undefined => {
  if (!service.concerns(request.url)) return undefined;
  const answer = async (): Promise<WireAnswer> => {
    try {
      return await service.beside(toWire(request, NO_BODY, service.proxies), found);
    } catch (error) {
      return defect(service, error, request);
    }
  };
  return answer();
};
