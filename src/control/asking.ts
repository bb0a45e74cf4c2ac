// Whether a call asks for what its address knows: names after the question mark, and a body where one is needed.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BodyForm, ControlCall } from '../contract/administration.ts';
import { brief } from '../kernel/brief.ts';
import { meantBy, nearest } from '../kernel/nearest.ts';

import { ControlError, problemDetails } from './problem.ts';

/** A name or a value after the question mark that the address does not know. */
class AskedError extends ControlError {}

/**
 * Checks what stands after the question mark.
 *
 * @param values all the values of a name, where the table of calls cannot know them
 * @throws ControlError 400 with the name that was probably meant
 */
const checkQuery = (
  { query = {} }: ControlCall,
  asked: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, readonly string[]>>,
): void => {
  for (const [name, value] of Object.entries(asked)) {
    const known = Object.hasOwn(query, name) ? query[name] : undefined;
    if (known === undefined) {
      const names = Object.keys(query);
      const told =
        names.length === 0 ? 'the address takes nothing after the question mark' : meantBy(name, names);
      throw new AskedError(400, `there is no query parameter ${brief(name)}; ${told}`);
    }
    if (typeof value !== 'string') throw new AskedError(400, `the query parameter ${name} is given twice`);
    const all = known === 'text' ? values[name] : known;
    if (all && !all.includes(value))
      throw new AskedError(400, `${name} is ${all.join(' or ')}, not ${brief(value)}`);
  }
};

const form = ({ members, example }: BodyForm, { method, routeOptions }: FastifyRequest): string =>
  `${method} ${(routeOptions.url ?? '').replace(/:(\w+)/g, '{$1}')} takes ${members}, as Content-Type: application/json, like ${example}`;

/** What is known of the calls of a scope. */
export interface Asking {
  /**
   * Checks every call before it is carried out.
   *
   * @param values by the name of a query parameter, all the values that it may have
   */
  check(scope: FastifyInstance, values: Readonly<Record<string, readonly string[]>>): void;
  /**
   * An error as problem details: about a body, with the one that the address wants (RFC 9457 §3.2). Where no body could be
   * read, that is told in words too; where one could, the place that is wrong says more.
   */
  details(error: ControlError, request: FastifyRequest): object;
  /** Of an address where nothing is, what was probably meant. */
  probably(method: string, path: string): string;
  /** Collects the calls that are mounted from now on. */
  mounted(scope: FastifyInstance): ControlCall[];
}

/** @param prefix of the scope */
export const createAsking = (calls: readonly ControlCall[], prefix: string): Asking => {
  const describedAs = (method: string, path: string): ControlCall | undefined =>
    calls.find(
      (call) =>
        call.path === (path || '/') &&
        (call.method === method || (method === 'HEAD' && call.method === 'GET')),
    );
  const callOf = ({ method, routeOptions }: FastifyRequest): ControlCall | undefined =>
    describedAs(method, (routeOptions.url ?? '').slice(prefix.length));
  return {
    check: (scope, values) => {
      scope.addHook('preHandler', async (request) => {
        const call = callOf(request);
        if (call) checkQuery(call, request.query as Record<string, unknown>, values);
        if (call?.body && !call.body.optional && request.body === undefined)
          throw new ControlError(400, 'the body is missing');
      });
    },
    details: (error, request) => {
      const { status, message } = error;
      const body = callOf(request)?.body;
      if (!body || error instanceof AskedError || ![400, 415].includes(status))
        return problemDetails(status, message);
      const { members, example } = body;
      return {
        ...problemDetails(
          status,
          request.body === undefined ? `${message}; ${form(body, request)}` : message,
        ),
        takes: { contentType: 'application/json', members, example },
      };
    },
    probably: (method, path) => {
      const methods = calls.filter((call) => call.path === path).map((call) => call.method);
      if (methods.length > 0) return `; there is ${methods.join(' and ')}`;
      const near = nearest(
        path,
        calls.map((call) => call.path),
      );
      return near === undefined
        ? '; GET /_emulator lists what there is'
        : `; did you mean ${method} ${near}?`;
    },
    mounted: (scope) => {
      const mounted: ControlCall[] = [];
      scope.addHook('onRoute', ({ method, url }) => {
        const path = url.slice(prefix.length) || '/';
        for (const one of [method].flat()) {
          // HEAD comes with every GET, and the root with and without its slash.
          if (one === 'HEAD' || mounted.some((call) => call.method === one && call.path === path)) continue;
          mounted.push(describedAs(one, path) ?? { method: one as ControlCall['method'], path, does: '' });
        }
      });
      return mounted;
    },
  };
};
