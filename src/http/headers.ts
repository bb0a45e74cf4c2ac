// The headers of a request as one text each, and which of them contradict themselves.

import type { FastifyRequest } from 'fastify';
import { flatten } from './request.ts';
import type { WireRequest } from './wire.ts';

/**
 * Node joins what is sent twice, or keeps the first, depending on the name. Here what is sent twice alike counts once, and what
 * is sent with different values is named.
 */
export const readHeaders = ({ headers, raw }: FastifyRequest): Pick<WireRequest, 'headers' | 'repeated'> => {
  const all = flatten(headers);
  const repeated: string[] = [];
  for (const [name, values = []] of Object.entries(raw.headersDistinct)) {
    if (values.length < 2) continue;
    if (new Set(values).size === 1) all[name] = values[0];
    else repeated.push(name);
  }
  return { headers: all, repeated };
};
