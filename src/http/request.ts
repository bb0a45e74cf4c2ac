// What the listener reads of a request besides its body.

import type { FastifyRequest } from 'fastify';
import type { Addressed } from './host.ts';
import type { About } from './reports.ts';

/** Header values as one text each. */
export const flatten = (headers: FastifyRequest['headers']): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );

/** Where a request goes and where it comes from, for the rule on Host and Origin. */
export const addressed = ({ headers, protocol, socket }: FastifyRequest): Addressed => ({
  host: headers.host,
  origin: headers.origin,
  protocol,
  localAddress: socket.localAddress,
});

/** A request as the journal names it. */
export const aboutOf = ({ method, url, ip, headers }: FastifyRequest): About => ({
  method,
  path: url,
  remote: ip,
  headers: flatten(headers),
});
