// The REST service as it is mounted: its methods, its description, and what is answered beside them.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Face, FaceDescription } from '../../contract/contract.ts';
import { decodeBody } from '../../http/body.ts';
import { addressOf } from '../../http/contract.ts';
import { DEFECT_DETAILS, isBodyError } from '../../http/defect.ts';
import { readHeaders } from '../../http/headers.ts';
import type { Reports } from '../../http/reports.ts';
import { aboutOf } from '../../http/request.ts';
import { bodyAfter } from '../../http/services.ts';
import type { WireAnswer, WireRequest } from '../../http/wire.ts';
import { packageVersion } from '../../kernel/root.ts';
import { openApi } from './openapi.ts';
import { routes } from './routes.ts';
import { createRest, type RestSurroundings, SERVICE } from './way.ts';

const PREFIX = '/rest';

export const restDescription: FaceDescription = {
  name: SERVICE,
  title: 'Kontaktregisteret REST',
  how: `${SERVICE}, with a bearer token; OpenAPI at ${PREFIX}/openapi.json`,
  description: `${PREFIX}/openapi.json`,
  unprofiled: true,
  calls: routes,
};

/** What the face is mounted with. */
interface RestSettings {
  readonly publicUrl: string | undefined;
  /** Of a request, in bytes. */
  readonly largestBody: number;
  readonly reports: Reports;
}

type Answer = (request: WireRequest) => Promise<WireAnswer>;

const NO_BODY = Buffer.alloc(0);

const toWire = (request: FastifyRequest, body: WireRequest['body']): WireRequest => ({
  method: request.method,
  path: request.url,
  ...readHeaders(request),
  body,
  remote: request.ip,
  certificate: undefined,
});

const send = (reply: FastifyReply, { status, headers, body }: WireAnswer): FastifyReply =>
  reply.code(status).headers(headers).send(body);

export const createRestFace = (
  surroundings: RestSurroundings,
  { publicUrl, largestBody, reports }: RestSettings,
): Face => {
  const rest = createRest(surroundings);

  const responding = (answer: Answer) => async (request: FastifyRequest, reply: FastifyReply) => {
    const raw = Buffer.isBuffer(request.body) ? request.body : NO_BODY;
    const body = await decodeBody(raw, request.headers['content-encoding'], largestBody);
    return send(reply, await answer(toWire(request, body)));
  };
  /** A body that could not be read is answered as such, everything else is a defect. */
  const failing =
    (answer: Answer) =>
    async (error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      if (isBodyError(error, request))
        return send(reply, await answer(toWire(request, bodyAfter(error, request, largestBody))));
      const named = reports.defect(error, { ...aboutOf(request), service: SERVICE });
      const { status, type, text } = DEFECT_DETAILS;
      return reply.code(status).headers(named).type(type).send(text);
    };

  const mount: Face['mount'] = (app: FastifyInstance, { gate, own }) => {
    app.register(
      async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser(
          '*',
          { parseAs: 'buffer', bodyLimit: largestBody },
          (_request, body, done) => done(null, body),
        );
        // A token that is not verified keeps no stranger out.
        scope.addHook(
          'onRequest',
          gate(SERVICE, () => true),
        );
        scope.setErrorHandler(failing(rest.unrouted));
        scope.setNotFoundHandler(responding(rest.unrouted));
        scope.get('/openapi.json', async ({ protocol, headers: { host } }, reply) =>
          reply
            .type('application/json; charset=utf-8')
            .send(openApi(packageVersion, addressOf(publicUrl, protocol, host, own(protocol)))),
        );
        for (const route of routes) {
          const answer = rest.method(route);
          scope.post(route.path.slice(PREFIX.length), { errorHandler: failing(answer) }, responding(answer));
        }
      },
      { prefix: PREFIX },
    );
  };
  return { ...restDescription, overTls: false, mount, unrouted: () => undefined };
};
