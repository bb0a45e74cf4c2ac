// The two listeners, http and https, in front of one router.

import { createServer, type Server } from 'node:https';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { nearest } from '../kernel/nearest.ts';
import { UserError } from '../kernel/user-error.ts';
import { type MountedService, mountService } from './services.ts';
import type { WireAnswer } from './wire.ts';

/** Slow peers are cut off: milliseconds for the headers, for the whole request, and between two looks. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 5_000 };

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly tls: { readonly cert: string; readonly key: string; readonly ca: string };
  readonly publicUrl: string | undefined;
  /** Addresses of TLS terminators whose Client-Cert header is believed. */
  readonly proxies: readonly string[];
  readonly services: readonly MountedService[];
  /** Told of requests to addresses where nothing is. */
  readonly onStray: (line: string) => void;
  /**
   * Answers an address where nothing is or, for the reason in `found`, one that the router cannot read; undefined: it is left
   * to the listener.
   */
  readonly unrouted: (request: FastifyRequest, found?: string) => Promise<WireAnswer> | undefined;
  /** Mounts what is no service: the control interface. */
  readonly mount: (app: FastifyInstance, tlsPort: () => number) => void;
}

export interface Listeners {
  readonly url: string;
  readonly tlsUrl: string;
  /** Takes no more connections, finishes the open requests, and cuts off what is still open after a while. */
  close(): Promise<void>;
}

/** An address that cannot be listened on. */
class ListenError extends UserError {}

const CLOSING_PATIENCE = 5_000;

const printHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);
const portOf = (server: { address(): unknown }): number => (server.address() as { port: number }).port;

const explain = (error: unknown, host: string, port: number, option: string): Error => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new ListenError(
      `port ${port} on ${host} is in use; choose another with ${option} (0 picks a free one)`,
    );
  }
  if (code === 'EACCES')
    return new ListenError(`port ${port} needs more rights; choose one above 1023 with ${option}`);
  return code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'
    ? new ListenError(`${host} is no address of this machine; choose another with --host`)
    : new ListenError(`cannot listen on ${host}:${port}: ${message}`);
};

/** For whoever asks at an address where nothing is, a browser at / too: where things are. */
const signpost = ({ method, url }: FastifyRequest, { services, onStray }: ListenerOptions): string => {
  const [path = ''] = url.split('?');
  const near = nearest(
    path.replace(/\/{2,}/g, '/'),
    services.flatMap(({ service }) => service.paths),
  );
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  const paths = services.flatMap(({ service }) =>
    service.paths.map((path) => `  ${path}  (${service.title}; ?wsdl)`),
  );
  if (url !== '/' && url !== '/favicon.ico') onStray(`${method} ${url}: nothing is at this address${meant}`);
  return [
    `kontakt-emulator: nothing is at ${url}${meant || '.'} There are`,
    ...paths,
    '  /_emulator/journal  (what came and why it was refused)',
    '',
  ].join('\n');
};

const listenTls = async (app: FastifyInstance, { host, tlsPort, tls }: ListenerOptions): Promise<Server> => {
  // The certificate of a client is asked for, not demanded: the program judges it and can say what is wrong with it.
  const server = createServer(
    { ...tls, ...PATIENCE, requestCert: true, rejectUnauthorized: false },
    (request, response) => app.routing(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, host, tlsPort, '--tls-port')));
    server.listen(tlsPort, host, resolve);
  });
  return server;
};

/**
 * Mounts the answer to requests for addresses where nothing is, whatever their body. A scope of its own: what the others do not
 * take in a body is no concern of theirs.
 */
const mountNotFound = (app: FastifyInstance, options: ListenerOptions): void => {
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const told = await options.unrouted(request);
    return told
      ? reply.code(told.status).headers(told.headers).send(told.body)
      : reply.code(404).type('text/plain; charset=utf-8').send(signpost(request, options));
  };
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => {
      payload.resume();
      done(null);
    });
    scope.setErrorHandler((_error, request, reply) => answer(request, reply));
    scope.setNotFoundHandler(answer);
  });
};

const noCompiler = (): never => {
  throw new Error('no route has a schema for fastify to compile');
};

/** Starts both listeners, or none. */
export const listen = async (options: ListenerOptions): Promise<Listeners> => {
  const { host, port, services, mount } = options;
  let { tlsPort } = options;
  const app = fastify({
    logger: false,
    // Every route reads its own input; without this, fastify would load a schema compiler that nobody calls.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    requestTimeout: PATIENCE.requestTimeout,
    http: { ...PATIENCE },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => {
      const told = options.unrouted(request, error.message);
      if (told) {
        reply.hijack();
        void told.then(({ status, headers, body }) => reply.raw.writeHead(status, headers).end(body));
        return;
      }
      options.onStray(`${request.method} ${request.url}: ${error.message}`);
      const details = { type: 'about:blank', title: 'Bad Request', status: 400, detail: error.message };
      reply.hijack();
      reply.raw.writeHead(400, { 'content-type': 'application/problem+json' }).end(JSON.stringify(details));
    },
    return503OnClosing: false,
    exposeHeadRoutes: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  for (const service of services)
    mountService(app, service, {
      publicUrl: options.publicUrl,
      proxies: options.proxies,
      tlsPort: () => tlsPort,
    });
  mountNotFound(app, options);
  mount(app, () => tlsPort);
  await app.ready();
  const tlsServer = await listenTls(app, options);
  tlsPort = portOf(tlsServer);
  const closeTls = (): Promise<void> =>
    new Promise((resolve) => {
      tlsServer.close(() => resolve());
      tlsServer.closeIdleConnections();
    });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await closeTls();
    throw explain(error, host, port, '--port');
  }
  return {
    url: `http://${printHost(host)}:${portOf(app.server)}`,
    tlsUrl: `https://${printHost(host)}:${portOf(tlsServer)}`,
    close: async () => {
      const servers = [app.server, tlsServer];
      // A connection that was kept alive falls idle when its open request is answered; nothing closes it then but this.
      const idle = setInterval(() => {
        for (const server of servers) server.closeIdleConnections();
      }, 50);
      const patience = setTimeout(() => {
        for (const server of servers) server.closeAllConnections();
      }, CLOSING_PATIENCE);
      await Promise.all([app.close(), closeTls()]);
      clearInterval(idle);
      clearTimeout(patience);
    },
  };
};
