// The routes of the REST service: bodies as bytes, everything else left to the handler of each route.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decodeBody } from '../../http/body.ts';
import { certificateOf } from '../../http/certificate.ts';
import { DEFECT_DETAILS, isBodyError } from '../../http/defect.ts';
import type { Gate } from '../../http/gates.ts';
import { readHeaders } from '../../http/headers.ts';
import type { Reports } from '../../http/reports.ts';
import { aboutOf } from '../../http/request.ts';
import { bodyAfter } from '../../http/services.ts';
import type { WireAnswer, WireRequest } from '../../http/wire.ts';
import type { RestRoute } from './route.ts';
import type { Unrouted, UnroutedJudge } from './unrouted.ts';

/** A method of the REST service and the function that answers it. */
export interface MountedRoute {
  readonly route: RestRoute;
  readonly handle: (
    request: WireRequest,
    parameters: Readonly<Record<string, string>>,
  ) => Promise<WireAnswer>;
}

/** What the REST service is made of. */
export interface MountedRest {
  readonly routes: readonly MountedRoute[];
  /** Makes the OpenAPI document, from the address of the service without its path. */
  readonly openApi: (server: string) => unknown;
  /** The address of the service, from what the request says of it. */
  readonly serverOf: (protocol: string, host: string | undefined) => string;
  /** Of a request, in bytes. */
  readonly largestBody: number;
  readonly gate: ReturnType<Gate>;
}

/** What answers the requests beside the routes. */
export interface RestUnrouted {
  readonly judge: UnroutedJudge;
  readonly unrouted: (request: WireRequest, why: Unrouted) => Promise<WireAnswer>;
  /** Addresses of TLS terminators whose Client-Cert header is believed. */
  readonly proxies: readonly string[];
  readonly reports: Reports;
}

const PREFIX = '/v1';
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

const bytesOf = (request: FastifyRequest, largest: number): Promise<WireRequest['body']> =>
  decodeBody(
    Buffer.isBuffer(request.body) ? request.body : NO_BODY,
    request.headers['content-encoding'],
    largest,
  );

/** What errors become: a body that could not be read is answered as such, everything else is a defect. */
const errorHandler =
  (
    reports: Reports,
    largest: number,
    respond: (
      request: FastifyRequest,
      reply: FastifyReply,
      body: WireRequest['body'],
    ) => Promise<FastifyReply>,
  ) =>
  async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    let defect = error;
    try {
      if (isBodyError(error, request))
        return await respond(request, reply, bodyAfter(error, request, largest));
    } catch (another) {
      defect = another;
    }
    const named = reports.defect(defect, { ...aboutOf(request), service: 'rest' });
    return reply
      .code(DEFECT_DETAILS.status)
      .headers(named)
      .type(DEFECT_DETAILS.type)
      .send(DEFECT_DETAILS.text);
  };

/** Mounts the routes, the OpenAPI document, which needs no certificate, and the answer to everything beside them. */
export const mountRest = (
  app: FastifyInstance,
  { routes, openApi, serverOf, gate, largestBody }: MountedRest,
  { judge: { judge }, unrouted, proxies, reports }: RestUnrouted,
): void => {
  const respondUnrouted = async (request: FastifyRequest, reply: FastifyReply, body: WireRequest['body']) =>
    send(reply, await unrouted(toWire(request, body, proxies), judge(request.url)));

  app.register(
    async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, body, done) =>
        done(null, body),
      );
      scope.addHook('onRequest', gate);
      scope.setErrorHandler(errorHandler(reports, largestBody, respondUnrouted));
      scope.setNotFoundHandler(async (request, reply) =>
        respondUnrouted(request, reply, await bytesOf(request, largestBody)),
      );
      scope.get('/openapi.json', async (request, reply) =>
        reply
          .type('application/json; charset=utf-8')
          .send(openApi(serverOf(request.protocol, request.headers.host))),
      );
      for (const { route, handle } of routes) {
        const respond = async (request: FastifyRequest, reply: FastifyReply, body: WireRequest['body']) =>
          send(
            reply,
            await handle(toWire(request, body, proxies), request.params as Readonly<Record<string, string>>),
          );
        scope.route({
          method: route.method,
          url: route.path.slice(PREFIX.length).replace(/\{([^}]+)\}/g, ':$1'),
          errorHandler: errorHandler(reports, largestBody, respond),
          handler: async (request, reply) => respond(request, reply, await bytesOf(request, largestBody)),
        });
      }
    },
    { prefix: PREFIX },
  );
};

/**
 * Answers an address that no router knows or, for the reason in `found`, could read, where it is meant for the REST service.
 *
 * @returns undefined when it is not
 */
export const answerUnrouted = (
  { judge, unrouted, proxies, reports }: RestUnrouted,
  request: FastifyRequest,
  found?: string,
): Promise<WireAnswer> | undefined => {
  if (!judge.concerns(request.url)) return undefined;
  const answer = async (): Promise<WireAnswer> => {
    try {
      const wire = toWire(request, NO_BODY, proxies);
      return await unrouted(
        wire,
        found === undefined ? judge.judge(request.url) : { kind: 'unreadable', found },
      );
    } catch (error) {
      const named = reports.defect(error, { ...aboutOf(request), service: 'rest' });
      const { status, type, text } = DEFECT_DETAILS;
      return { status, headers: { ...named, 'content-type': type }, body: Buffer.from(text) };
    }
  };
  return answer();
};
