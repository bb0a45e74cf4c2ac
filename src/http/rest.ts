// The routes of the REST service: bodies as bytes, everything else left to the handler of each route.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RestRoute } from '../dfdg/rest/routes.ts';
import { createStrayJudge, type Stray } from '../dfdg/rest/stray.ts';
import { decodeBody } from './body.ts';
import { certificateOf } from './certificate.ts';
import { DEFECT_DETAILS, isBodyError } from './defect.ts';
import type { Gate } from './gates.ts';
import { readHeaders } from './headers.ts';
import { MAX_BODY } from './problems.ts';
import type { Reports } from './reports.ts';
import { aboutOf } from './request.ts';
import { bodyAfter } from './services.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

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
  /** Answers what reached no route. */
  readonly stray: (request: WireRequest, stray: Stray) => Promise<WireAnswer>;
  /** Makes the OpenAPI document. */
  readonly openApi: () => unknown;
  /** Addresses of TLS terminators whose Client-Cert header is believed. */
  readonly proxies: readonly string[];
  /** The hook of a service that asks for no certificate; undefined: this one does. */
  readonly gate: ReturnType<Gate> | undefined;
  readonly reports: Reports;
}

const PREFIX = '/v1';
const OPEN_API = `${PREFIX}/openapi.json`;
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

const bytesOf = (request: FastifyRequest): Promise<WireRequest['body']> =>
  decodeBody(Buffer.isBuffer(request.body) ? request.body : NO_BODY, request.headers['content-encoding']);

/** What errors become: a body that could not be read is answered as such, everything else is a defect. */
const errorHandler =
  (
    reports: Reports,
    respond: (
      request: FastifyRequest,
      reply: FastifyReply,
      body: WireRequest['body'],
    ) => Promise<FastifyReply>,
  ) =>
  async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    let defect = error;
    try {
      if (isBodyError(error, request)) return await respond(request, reply, bodyAfter(error, request));
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
  { routes, stray, openApi, proxies, gate, reports }: MountedRest,
): void => {
  const judge = createStrayJudge([...routes.map(({ route }) => route), { method: 'GET', path: OPEN_API }]);
  const respondStray = async (request: FastifyRequest, reply: FastifyReply, body: WireRequest['body']) =>
    send(reply, await stray(toWire(request, body, proxies), judge(request.url.split('?')[0] ?? '')));

  app.register(
    async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY }, (_request, body, done) =>
        done(null, body),
      );
      if (gate) scope.addHook('onRequest', gate);
      scope.setErrorHandler(errorHandler(reports, respondStray));
      scope.setNotFoundHandler(async (request, reply) =>
        respondStray(request, reply, await bytesOf(request)),
      );
      scope.get(OPEN_API.slice(PREFIX.length), async (_request, reply) =>
        reply.type('application/json; charset=utf-8').send(openApi()),
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
          errorHandler: errorHandler(reports, respond),
          handler: async (request, reply) => respond(request, reply, await bytesOf(request)),
        });
      }
    },
    { prefix: PREFIX },
  );
};

/**
 * Answers an address of the REST service that the router could not read, which no route, hook or handler sees.
 *
 * @returns false when the address is none of the REST service
 */
export const answerUnreadable = (
  { stray, proxies, reports }: Pick<MountedRest, 'stray' | 'proxies' | 'reports'>,
  request: FastifyRequest,
  reply: FastifyReply,
  found: string,
): boolean => {
  if (!request.url.startsWith(`${PREFIX}/`)) return false;
  reply.hijack();
  const answer = async (): Promise<void> => {
    try {
      const given = await stray(toWire(request, NO_BODY, proxies), { kind: 'unreadable', found });
      reply.raw.writeHead(given.status, given.headers).end(given.body);
    } catch (error) {
      const named = reports.defect(error, { ...aboutOf(request), service: 'rest' });
      if (!reply.raw.headersSent) reply.raw.writeHead(500, { 'content-type': DEFECT_DETAILS.type, ...named });
      reply.raw.end(DEFECT_DETAILS.text);
    }
  };
  void answer();
  return true;
};
