// The way of a REST request through the emulator, on one screen; the sibling of pipeline.ts.
//
//   certificate ─ actor ─ rights ─ scope ─ JSON ─ decode ─ request id ─ decide ─ encode ─ store
//
// Every step returns the next value, or a refusal that ends the way.

import type { Answered, Carry } from '../../exchange/exchange.ts';
import type { WireAnswer, WireRequest } from '../../http/wire.ts';
import type { Trace } from '../../journal/journal.ts';
import { internalProblem, isProblem, type Problem, type Warning } from '../../kernel/problem.ts';
import type { CommitGroup } from '../../store/group.ts';
import { createRefusalLog, type RefusedCall } from '../access.ts';
import { type Authenticator, authorise, claimedCaller, type DanishCaller, type Holder } from '../caller.ts';
import type { Language } from '../codes.ts';
import type { DanishRegister } from '../decide.ts';
import { type Faces, numberOf } from '../problems.ts';
import type { DanishRights } from '../register/organisations.ts';
import { checkRepeated, headersSaid } from './headers.ts';
import { bare, bodyFault, detailsOf, invalid, isRefused, type Refused } from './problem.ts';
import { claimsOf, readActor, scopesOf } from './request.ts';
import type { RestRoute } from './route.ts';
import { refuseUnrouted, type Unrouted } from './unrouted.ts';

/** What the steps work with. */
export interface RestSurroundings {
  readonly carry: Carry;
  readonly group: CommitGroup;
  readonly register: DanishRegister;
  readonly rights: DanishRights;
  readonly authenticator: Authenticator;
  readonly faces: Faces;
  readonly language: Language;
  /** Whether a client certificate is asked for. */
  readonly required: boolean;
  /** Whether a bearer token must carry the method's scope. */
  readonly scopes: boolean;
}

type Parameters = Readonly<Record<string, string>>;

/** The REST face: each function answers a request and never throws. */
export interface Rest {
  readonly method: (
    route: RestRoute,
  ) => (request: WireRequest, parameters: Parameters) => Promise<WireAnswer>;
  readonly unrouted: (request: WireRequest, why: Unrouted) => Promise<WireAnswer>;
}

/** What has become known of who calls; filled on the way, for the access log. */
type Standing = { -readonly [Member in 'holder' | 'actor' | 'admitted']: RefusedCall[Member] };

/** What was decided: the code on the wire, and the answer. */
interface Decided {
  readonly result: string;
  readonly json: unknown;
  readonly warnings: readonly Warning[];
}

const LONGEST_REQUEST_ID = 46;

/** Whether an outcome tells of the register: of a call in the access log, or of a request id that is in use. */
const tellsOfRegister = (outcome: Decided | Refused): boolean =>
  !isRefused(outcome) ||
  (isProblem(outcome) && (outcome.reference !== undefined || outcome.problem === 'rest.412'));

export const createRest = (surroundings: RestSurroundings): Rest => {
  const { carry, group, register, rights, authenticator, faces, required, scopes } = surroundings;
  const logRefusal = createRefusalLog(register.logs, 'rest', group.flush);

  /** Why the certificate is refused; undefined when it is not. */
  const identify = ({ certificate }: WireRequest, standing: Standing): Refused | undefined => {
    const holder = required || certificate ? authenticator.identify(certificate) : undefined;
    if (holder && 'explanation' in holder) return holder;
    standing.holder = holder;
    return undefined;
  };

  const admit = (route: RestRoute, request: WireRequest, standing: Standing): DanishCaller | Refused => {
    const headers = headersSaid(request);
    standing.actor = claimsOf(headers);
    const unread = identify(request, standing) ?? checkRepeated(request);
    if (unread) return unread;
    const actor = readActor(headers, standing.holder, rights);
    if ('explanation' in actor) return actor;
    standing.actor = actor;
    const caller = authorise(standing.holder, actor, route.allowed, rights);
    if ('explanation' in caller) return caller;
    standing.admitted = true;
    if (!scopes || scopesOf(headers.authorization).includes(route.scope)) return caller;
    return bare(403, {
      check: 'scope of the bearer token',
      expected: route.scope,
      found: headers.authorization ? 'other scopes' : 'no token',
      remedy: 'send Authorization: Bearer with a token that carries the scope',
      rule: 'contract: REST, scopes',
    });
  };

  /** A request id is used up by a call that gets as far as its operation, whatever that says to it [A]. */
  const admitId = (id: string | undefined, holder: Holder | undefined): Refused | undefined => {
    if (id === undefined) return undefined;
    if (id.length > LONGEST_REQUEST_ID)
      return invalid(`x-requestId of at most ${LONGEST_REQUEST_ID} characters`, `${id.length}`);
    const admitted = group.join(() => register.logs.admitRequest(holder?.fingerprint ?? '', id));
    if (isProblem(admitted)) return admitted;
    if (admitted) return undefined;
    return bare(412, {
      check: 'x-requestId',
      expected: 'one that was not used within 24 hours',
      found: id,
      remedy: 'make a new id for each request',
      rule: 'contract: REST, x-requestId',
    });
  };

  const answer = (
    route: RestRoute,
    read: ReturnType<RestRoute['serve']>,
    request: WireRequest,
    parameters: Parameters,
    standing: Standing,
    trace: Trace,
  ): Decided | Refused => {
    const headers = headersSaid(request);
    const caller = admit(route, request, standing);
    trace.reached('security');
    if (isRefused(caller)) return caller;
    trace.called(caller);
    if (isProblem(request.body)) return bodyFault(request.body);
    const cpr = headers['x-civilregistrationidentifier'];
    if (route.citizen && cpr === undefined)
      return invalid('the header x-civilregistrationIdentifier', 'none');
    const contentType = headers['content-type'];
    const act = read({ cpr: route.citizen ? cpr : undefined, parameters, bytes: request.body, contentType });
    trace.reached('schema');
    if (isRefused(act)) return act;
    const usedId = admitId(headers['x-requestid'], standing.holder);
    if (usedId) return usedId;
    const outcome = group.join(() => act(caller, trace.number));
    trace.reached('decide');
    if (isProblem(outcome)) return outcome;
    return { result: outcome.result, json: outcome.answer, warnings: outcome.warnings ?? [] };
  };

  const defect = detailsOf(internalProblem(), surroundings);

  /** One exchange; refused calls are in the access log too. */
  const exchange = (
    request: WireRequest,
    route: RestRoute | undefined,
    way: (standing: Standing, trace: Trace) => Decided | Refused,
  ): Promise<WireAnswer> => {
    const { certificate } = request;
    const standing: Standing = { holder: undefined, actor: {}, admitted: false };

    const run = async (trace: Trace): Promise<Answered | Problem> => {
      const outcome = way(standing, trace);
      const waits = tellsOfRegister(outcome);
      const lost = waits ? await group.stored() : undefined;
      if (waits) trace.reached('store');
      if (lost) return lost;
      if (isRefused(outcome)) return isProblem(outcome) ? outcome : faces.problem(outcome);
      const { result, json, warnings } = outcome;
      const reply = {
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: Buffer.from(JSON.stringify(json)),
      };
      return { reply, result, warnings };
    };
    const refuse = (problem: Problem, trace: Trace) => {
      trace.claimed(() => claimedCaller(certificate));
      // Where nothing is, nothing was called.
      const called = route !== undefined || problem.wire.kind !== 'http';
      const operation = route?.operation;
      const logged = called
        ? logRefusal(problem, { exchange: trace.number, operation, certificate, ...standing })
        : problem;
      const fault = logged.wire.kind === 'fault' ? String(numberOf(logged)) : undefined;
      return { problem: logged, reply: detailsOf(logged, surroundings), fault };
    };
    const about = { service: 'rest', profile: required ? 'mutual-tls' : 'none', operation: route?.name };
    return carry(request, { about, run, refuse, defect });
  };

  return {
    method: (route) => {
      const read = route.serve(register);
      return (request, parameters) =>
        exchange(request, route, (standing, trace) =>
          answer(route, read, request, parameters, standing, trace),
        );
    },
    unrouted: (request, why) =>
      exchange(request, undefined, (standing) =>
        why.kind === 'unreadable'
          ? (identify(request, standing) ?? invalid('an address that can be read', why.found))
          : refuseUnrouted(request.method, request.path, why),
      ),
  };
};
