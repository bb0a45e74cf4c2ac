// The two listeners, http and https, in front of one router.

import type { Server } from 'node:https';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { nearest } from '../kernel/nearest.ts';
import { UserError } from '../kernel/user-error.ts';
import { DEFECT, isBodyError } from './defect.ts';
import { createGates, type Gate } from './gates.ts';
import type { HostRule } from './host.ts';
import { answerRaw } from './raw.ts';
import type { Reports } from './reports.ts';
import { aboutOf } from './request.ts';
import { type MountedService, mountService } from './services.ts';
import { createStopping, type Stopping } from './stopping.ts';
import { createTlsServer } from './tls.ts';
import type { WireAnswer } from './wire.ts';

/** Slow peers are cut off: milliseconds for the headers, for the whole request, and between two looks. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 5_000 };

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly tls: { readonly cert: string; readonly key: string; readonly ca: string[] };
  /** Seconds that an idle connection is kept for the next request, by both listeners. */
  readonly keepAlive: number;
  readonly publicUrl: string | undefined;
  readonly hosts: HostRule;
  readonly reports: Reports;
  /** Addresses of TLS terminators whose Client-Cert header is believed. */
  readonly proxies: readonly string[];
  readonly services: readonly MountedService[];
  /** The REST services, to be told of: addresses of theirs, and where their descriptions are. */
  readonly rest: readonly {
    readonly title: string;
    readonly paths: readonly string[];
    readonly description: string;
  }[];
  /** What the addresses of those begin with that speak JSON. */
  readonly inJson: readonly string[];
  /** Told of requests to addresses where nothing is. */
  readonly onUnrouted: (line: string) => void;
  /**
   * Answers an address where nothing is or, for the reason in `found`, one that the router cannot read; undefined: it is left
   * to the listener.
   */
  readonly unrouted: (request: FastifyRequest, found?: string) => Promise<WireAnswer> | undefined;
  /** Mounts what is no SOAP service: the REST service and the control interface. */
  readonly mount: (app: FastifyInstance, listener: Mounting) => void;
}

/** What the listener offers to those that are mounted on it. */
export interface Mounting {
  readonly gate: Gate;
  readonly stopping: Stopping['begun'];
  /** The address of the listener of a protocol, known once it listens. */
  readonly own: (protocol: string) => string;
  /** The port of the https listener, known once it listens. */
  readonly tlsPort: () => number;
}

export interface Listeners {
  readonly url: string;
  readonly tlsUrl: string;
  /** Says so, takes no more connections, finishes the open requests, and cuts off what is still open after a while. */
  close(): Promise<void>;
}

/** An address that cannot be listened on. */
class ListenError extends UserError {}

/** Listening at every address is no address to ask at. */
const EVERYWHERE = /\/\/(?:0\.0\.0\.0|\[::\]):/;

const printHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);
const portOf = (server: { address(): unknown }): number => (server.address() as { port: number }).port;

const explain = (error: unknown, host: string, port: number, setting: 'port' | 'tlsPort'): Error => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new ListenError(
      (name) =>
        `port ${port} on ${host} is in use; choose another with ${name(setting)}, or pass ${name(setting, 0)} for a free one`,
    );
  }
  if (code === 'EACCES')
    return new ListenError(
      (name) =>
        `port ${port} needs more rights; choose one above 1023 with ${name(setting)}, or pass ${name(setting, 0)} for a free one`,
    );
  return code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'
    ? new ListenError((name) => `${host} is no address of this machine; choose another with ${name('host')}`)
    : new ListenError(`cannot listen on ${host}:${port}: ${message}`);
};

/** For whoever asks at an address where nothing is, a browser at / too: where things are. */
const signpost = (
  { method, url }: FastifyRequest,
  { services, rest, onUnrouted }: ListenerOptions,
): string => {
  const [path = ''] = url.split('?');
  const near = nearest(path.replace(/\/{2,}/g, '/'), [
    ...services.flatMap(({ service }) => service.paths),
    ...rest.flatMap(({ paths }) => paths),
  ]);
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  const paths = services.flatMap(({ service }) =>
    service.paths.map((path) => `  ${path}  (${service.title}; ?wsdl)`),
  );
  if (url !== '/' && url !== '/favicon.ico')
    onUnrouted(`${method} ${url}: nothing is at this address${meant}`);
  return [
    `kontakt-emulator: nothing is at ${url}${meant || '.'} There are`,
    ...paths,
    ...rest.map(({ title, paths: [first], description }) => `  ${first}  (${title}; ${description})`),
    '  /_emulator/journal  (what came and why it was refused)',
    '',
  ].join('\n');
};

const listenTls = async (server: Server, { host, tlsPort }: ListenerOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, host, tlsPort, 'tlsPort')));
    server.listen(tlsPort, host, resolve);
  });

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

/** What both listeners have in common. A missing Host header is told by a gate, in words. */
const sharedOptions = (keepAlive: number) =>
  ({ ...PATIENCE, keepAliveTimeout: keepAlive * 1000, requireHostHeader: false }) as const;

const createApp = (options: ListenerOptions): FastifyInstance => {
  const { keepAliveTimeout, ...http } = sharedOptions(options.keepAlive);
  const app = fastify({
    logger: false,
    // Every route reads its own input; without this, fastify would load a schema compiler that nobody calls.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    requestTimeout: PATIENCE.requestTimeout,
    keepAliveTimeout,
    http,
    // Unreadable requests are answered by raw.ts, over both listeners alike.
    clientErrorHandler: () => {},
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => {
      // Of all that the router can throw, only an address that it cannot read is the caller's.
      if ((error.statusCode ?? 500) >= 500) {
        const named = options.reports.defect(error, aboutOf(request));
        reply.hijack();
        reply.raw.writeHead(DEFECT.status, { ...named, 'content-type': DEFECT.type }).end(DEFECT.text);
        return;
      }
      const told = options.unrouted(request, error.message);
      if (told) {
        reply.hijack();
        void told.then(({ status, headers, body }) => reply.raw.writeHead(status, headers).end(body));
        return;
      }
      options.onUnrouted(`${request.method} ${request.url}: ${error.message}`);
      const details = { type: 'about:blank', title: 'Bad Request', status: 400, detail: error.message };
      reply.hijack();
      reply.raw.writeHead(400, { 'content-type': 'application/problem+json' }).end(JSON.stringify(details));
    },
    return503OnClosing: false,
    exposeHeadRoutes: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  app.setErrorHandler((error, request, reply) => {
    if (isBodyError(error, request)) return reply.code(error.statusCode ?? 400).send(error.message);
    const named = options.reports.defect(error, aboutOf(request));
    return reply.code(DEFECT.status).headers(named).type(DEFECT.type).send(DEFECT.text);
  });
  return app;
};

/** Starts both listeners, or none. */
export const listen = async (options: ListenerOptions): Promise<Listeners> => {
  const { host, port, services, mount, reports } = options;
  let url = '';
  let tlsUrl = '';
  const seconds = PATIENCE.headersTimeout / 1000;
  const app = createApp(options);
  const gates = createGates(options.hosts, reports, options.inJson);
  const tlsServer = createTlsServer(
    { ...options.tls, ...sharedOptions(options.keepAlive) },
    (request, response) => app.routing(request, response),
    reports,
    () => tlsUrl,
  );
  answerRaw(app.server, 'http', reports, seconds);
  answerRaw(tlsServer, 'tls', reports, seconds);
  const closeTls = (): Promise<void> =>
    new Promise((resolve) => {
      tlsServer.close(() => resolve());
      tlsServer.closeIdleConnections();
    });
  const stopping = createStopping([app.server, tlsServer], () => Promise.all([app.close(), closeTls()]));

  app.addHook('onRequest', gates.oneHost);
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping.begun()) reply.header('connection', 'close');
    done(null, payload);
  });
  const mounting: Mounting = {
    gate: gates.address,
    stopping: stopping.begun,
    own: (protocol) => (protocol === 'https' ? tlsUrl : url).replace(EVERYWHERE, '//localhost:'),
    tlsPort: () => portOf(tlsServer),
  };
  const { publicUrl, proxies } = options;
  for (const service of services) mountService(app, service, { publicUrl, proxies, reports, ...mounting });
  mountNotFound(app, options);
  mount(app, mounting);
  await app.ready();
  await listenTls(tlsServer, options);
  tlsUrl = `https://${printHost(host)}:${portOf(tlsServer)}`;
  try {
    await app.listen({ host, port });
  } catch (error) {
    await closeTls();
    throw explain(error, host, port, 'port');
  }
  url = `http://${printHost(host)}:${portOf(app.server)}`;
  return { url, tlsUrl, close: stopping.stop };
};
