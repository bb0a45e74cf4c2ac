// The routes of the REST service: bodies as bytes, everything else left to the handler of each route.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RestRoute } from '../dfdg/rest/routes.ts';
import { decodeBody } from './body.ts';
import { certificateOf } from './certificate.ts';
import { MAX_BODY } from './problems.ts';
import { bodyAfter, flatten } from './services.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

/** A method of the REST service and the function that answers it. */
export interface MountedRoute {
  readonly route: RestRoute;
  readonly handle: (request: WireRequest, parameters: Readonly<Record<string, string>>) => WireAnswer;
}

/** Mounts the routes and the OpenAPI document, which needs no certificate. */
export const mountRest = (
  app: FastifyInstance,
  routes: readonly MountedRoute[],
  openApi: unknown,
  proxies: readonly string[],
): void => {
  app.get('/v1/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(openApi),
  );
  for (const { route, handle } of routes) {
    const respond = (
      request: FastifyRequest,
      reply: FastifyReply,
      body: WireRequest['body'],
    ): FastifyReply => {
      const { method, url: path, ip: remote } = request;
      const certificate = certificateOf(request, proxies);
      const wire = { method, path, headers: flatten(request.headers), body, remote, certificate };
      const answer = handle(wire, request.params as Record<string, string>);
      return reply.code(answer.status).headers(answer.headers).send(answer.body);
    };
    app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY }, (_request, body, done) =>
        done(null, body),
      );
      scope.setErrorHandler((error: NodeJS.ErrnoException, request, reply) => {
        respond(request, reply, bodyAfter(error, request));
      });
      scope.route({
        method: route.method,
        url: route.path.replace(/\{([^}]+)\}/g, ':$1'),
        handler: async (request, reply) => {
          const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
          return respond(request, reply, await decodeBody(raw, request.headers['content-encoding']));
        },
      });
    });
  }
};
