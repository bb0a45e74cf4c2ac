// The routes of the REST service: bodies as bytes, everything else left to the handler of each route.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RestRoute } from '../dfdg/rest/routes.ts';
import { createStrayJudge, type Stray } from '../dfdg/rest/stray.ts';
import { decodeBody } from './body.ts';
import { certificateOf } from './certificate.ts';
import { readHeaders } from './headers.ts';
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
  /** Of a request, in bytes. */
  readonly largestBody: number;
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

const bytesOf = (request: FastifyRequest, largest: number): Promise<WireRequest['body']> =>
  decodeBody(
    Buffer.isBuffer(request.body) ? request.body : NO_BODY,
    request.headers['content-encoding'],
    largest,
  );

/** Mounts the routes, the OpenAPI document, which needs no certificate, and the answer to everything beside them. */
export const mountRest = (
  app: FastifyInstance,
  { routes, stray, openApi, proxies, largestBody }: MountedRest,
): void => {
  const judge = createStrayJudge([...routes.map(({ route }) => route), { method: 'GET', path: OPEN_API }]);
  const respondStray = async (request: FastifyRequest, reply: FastifyReply, body: WireRequest['body']) =>
    send(reply, await stray(toWire(request, body, proxies), judge(request.url.split('?')[0] ?? '')));

  app.register(
    async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBody }, (_request, body, done) =>
        done(null, body),
      );
      scope.setErrorHandler(async (error: NodeJS.ErrnoException, request, reply) =>
        respondStray(request, reply, bodyAfter(error, request, largestBody)),
      );
      scope.setNotFoundHandler(async (request, reply) =>
        respondStray(request, reply, await bytesOf(request, largestBody)),
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
          errorHandler: async (error: NodeJS.ErrnoException, request, reply) =>
            respond(request, reply, bodyAfter(error, request, largestBody)),
          handler: async (request, reply) => respond(request, reply, await bytesOf(request, largestBody)),
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
  { stray, proxies }: Pick<MountedRest, 'stray' | 'proxies'>,
  request: FastifyRequest,
  reply: FastifyReply,
  found: string,
): boolean => {
  if (!request.url.startsWith(`${PREFIX}/`)) return false;
  reply.hijack();
  void stray(toWire(request, NO_BODY, proxies), { kind: 'unreadable', found }).then(
    ({ status, headers, body }) => reply.raw.writeHead(status, headers).end(body),
  );
  return true;
};
