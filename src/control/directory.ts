// Everything that can be asked for, listed at / and at /_emulator: services with their contracts, REST, control calls.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ControlCall } from '../contract/administration.ts';
import type { Face, ServedService } from '../contract/contract.ts';
import { addressOf, endpointOf, type Published } from '../http/contract.ts';
import { packageVersion } from '../kernel/root.ts';

/** What is listed, from the address that was asked at. */
export interface Directory {
  /** The names of all services. */
  readonly services: readonly string[];
  readonly list: (protocol: string, host: string | undefined, calls: readonly ControlCall[]) => Listing;
}

interface Listing {
  readonly name: string;
  readonly version: string;
  readonly services: readonly {
    readonly name: string;
    readonly title: string;
    readonly profile: string;
    readonly address: string;
    readonly wsdl: string;
    readonly operations: readonly { readonly name: string; readonly does: string }[];
  }[];
  readonly faces: readonly {
    readonly name: string;
    readonly title: string;
    readonly openapi: string;
    readonly calls: readonly { readonly name: string; readonly call: string; readonly does: string }[];
  }[];
  readonly control: readonly {
    readonly call: string;
    readonly query: readonly string[];
    readonly does: string;
  }[];
}

const PREFIX = '/_emulator';

/** @param published where the services are published */
export const createDirectory = (
  served: readonly ServedService[],
  faces: readonly Face[],
  published: Omit<Published, 'overTls'>,
): Directory => ({
  services: [...served.map(({ service }) => service.name), ...faces.map(({ name }) => name)],
  list: (protocol, host, calls) => {
    const here = addressOf(published.publicUrl, protocol, host, published.own(protocol));
    const endpoint = (overTls: boolean): string => endpointOf({ ...published, overTls }, protocol, host);
    return {
      name: 'kontakt-emulator',
      version: packageVersion,
      services: served.map(({ service: { name, title, paths, operations }, profile, overTls }) => {
        const [path = ''] = paths;
        return {
          name,
          title,
          profile: profile(),
          address: `${endpoint(overTls)}${path}`,
          wsdl: `${here}${path}?wsdl`,
          operations: operations.map((operation) => ({ name: operation.name, does: operation.summary })),
        };
      }),
      faces: faces.map(({ name, title, description, overTls, calls: own }) => ({
        name,
        title,
        openapi: `${here}${description}`,
        calls: own.map(({ name: call, method, path, summary }) => ({
          name: call,
          call: `${method} ${endpoint(overTls)}${path}`,
          does: summary,
        })),
      })),
      control: calls.map(({ method, path, query = {}, does }) => ({
        call: `${method} ${here}${PREFIX}${path === '/' ? '' : path.replace(/:(\w+)/g, '{$1}')}`,
        query: Object.keys(query),
        does,
      })),
    };
  },
});

const asText = ({ version, services, faces, control }: Listing): string =>
  [
    `kontakt-emulator ${version}`,
    ...services.flatMap(({ title, profile, address, wsdl, operations }) => [
      '',
      `${title}, profile ${profile}`,
      `  POST ${address}`,
      `  GET  ${wsdl}`,
      ...operations.map(({ name, does }) => `       ${name}: ${does}`),
    ]),
    ...faces.flatMap(({ title, openapi, calls }) => [
      '',
      title,
      `  GET ${openapi}`,
      ...calls.map(({ call, does }) => `  ${call}: ${does}`),
    ]),
    '',
    'control interface',
    ...control.map(
      ({ call, query, does }) => `  ${call}${query.length > 0 ? ` (${query.join(', ')})` : ''}: ${does}`,
    ),
    '',
  ].join('\n');

/** The other ways in stand each under its own name. */
const asJson = ({ name, version, services, faces, control }: Listing): object => ({
  name,
  version,
  services,
  ...Object.fromEntries(faces.map((face) => [face.name, { openapi: face.openapi, calls: face.calls }])),
  control,
});

/** How much a reader wants one of the media types: RFC 9110 §12.5.1, without `*`. */
const wish = (accept: string, media: RegExp): number =>
  Math.max(
    0,
    ...accept.split(',').map((part) => {
      const [type = '', ...parameters] = part.split(';').map((one) => one.trim().toLowerCase());
      const quality = parameters.find((one) => one.startsWith('q='))?.slice(2);
      return media.test(type) ? Number(quality ?? 1) || 0 : 0;
    }),
  );

const wantsJson = ({ headers: { accept = '' } }: FastifyRequest): boolean =>
  wish(accept, /^application\/json$/) > wish(accept, /^text\//);

const wantsPage = ({ headers: { accept = '' } }: FastifyRequest): boolean => {
  const html = wish(accept, /^text\/html$/);
  return html > 0 && html >= wish(accept, /^application\/json$/) && html >= wish(accept, /^text\/plain$/);
};

/**
 * Mounts the list at the root and at the root of the control interface.
 *
 * @param page what browsers get at the root; undefined: the list
 */
export const mountDirectory = (
  app: FastifyInstance,
  control: FastifyInstance,
  directory: Directory,
  calls: readonly ControlCall[],
  page: ((reply: FastifyReply) => Promise<FastifyReply>) | undefined,
): void => {
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const listing = directory.list(request.protocol, request.headers.host, calls);
    reply.header('vary', 'Accept');
    return wantsJson(request)
      ? reply.type('application/json; charset=utf-8').send(asJson(listing))
      : reply.type('text/plain; charset=utf-8').send(asText(listing));
  };
  app.get('/', async (request, reply) => {
    if (!page || !wantsPage(request)) return answer(request, reply);
    reply.header('vary', 'Accept');
    return page(reply);
  });
  control.get('/', answer);
};
