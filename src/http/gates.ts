// What is asked of a request before anything else: one Host header, and, where nothing else keeps strangers out, one of ours.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../kernel/problem.ts';
import { type ConnectionProblem, hostProblem, inWords, strangeAddress } from './connection-problems.ts';
import { DETAILS_TYPE } from './details.ts';
import type { HostRule } from './host.ts';
import type { Reports } from './reports.ts';
import { aboutOf, addressed } from './request.ts';

type Hook = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;

/**
 * Makes the hook of a service that may ask for no signature and no certificate.
 *
 * @param open whether it asks for neither at this moment
 */
export type Gate = (service: string, open: () => boolean) => Hook;

const countHosts = (headers: readonly string[]): number => {
  let count = 0;
  for (let place = 0; place < headers.length; place += 2) {
    const name = headers[place] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
};

/** @param inJson the prefixes of what speaks JSON: it gets its refusals as problem details (RFC 9457) */
export const createGates = (hosts: HostRule, reports: Reports, inJson: readonly string[]) => {
  const isJson = (url: string): boolean =>
    inJson.some((prefix) => url.startsWith(prefix) && /^(?:[/?]|$)/.test(url.slice(prefix.length)));
  const refuse = (
    problem: Problem<ConnectionProblem>,
    request: FastifyRequest,
    reply: FastifyReply,
    service?: string,
  ): FastifyReply => {
    const { status, title, text } = inWords(problem);
    const about = { ...aboutOf(request), ...(service === undefined ? {} : { service }) };
    const json = isJson(request.url);
    const body = json ? JSON.stringify({ type: 'about:blank', title, status, detail: text.trimEnd() }) : text;
    const named = reports.problem(problem, about, { status, text: body });
    const type = json ? DETAILS_TYPE : 'text/plain; charset=utf-8';
    return reply.code(status).headers(named).type(type).send(body);
  };

  const oneHost: Hook = (request, reply, done) => {
    const { rawHeaders, httpVersion } = request.raw;
    const count = countHosts(rawHeaders);
    if (count === 1 || (count === 0 && httpVersion === '1.0')) done();
    else refuse(hostProblem(count), request, reply);
  };
  const address: Gate = (service, open) => (request, reply, done) => {
    const strange = open() && hosts.all(addressed(request));
    if (strange) refuse(strangeAddress(strange.header, strange), request, reply, service);
    else done();
  };
  return { oneHost, address };
};
