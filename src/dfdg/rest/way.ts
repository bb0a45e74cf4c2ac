// The way of a REST request through the emulator, on one screen; the sibling of pipeline.ts.
//
//   certificate ─ actor ─ rights ─ scope ─ JSON ─ decode ─ request id ─ decide ─ encode ─ store
//
// Every step returns the next value, or a refusal that ends the way.

import { type Done, type Guard, performing } from '../../contract/operation.ts';
import type { Answered, Carry } from '../../exchange/exchange.ts';
import type { HttpProblem } from '../../http/problems.ts';
import type { WireAnswer, WireRequest } from '../../http/wire.ts';
import type { Trace } from '../../journal/journal.ts';
import { internalProblem, isProblem, type Problem } from '../../kernel/problem.ts';
import type { Engine } from '../../store/engine.ts';
import { keyOf } from '../../store/tables.ts';
import { unavailable } from '../../store/unavailable.ts';
import { createRefusalLog, type RefusedCall } from '../access.ts';
import { type Authenticator, authorise, claimedCaller, type DanishCaller, type Holder } from '../caller.ts';
import type { Language } from '../codes.ts';
import type { Surroundings } from '../decide.ts';
import { REQUEST_ID_COUNTS, requestIds } from '../register/logs.ts';
import type { DanishRights } from '../register/organisations.ts';
import { detailsOf, type RestProblem, restFace, resultOf } from './faces.ts';
import { checkRepeated, headersSaid } from './headers.ts';
import { bare, invalid } from './problem.ts';
import { claimsOf, readActor, scopesOf } from './request.ts';
import type { RestRoute } from './route.ts';
import { refuseUnrouted, type Unrouted } from './unrouted.ts';

/** What the steps work with. */
export interface RestSurroundings {
  readonly carry: Carry;
  readonly engine: Pick<Engine, 'change'>;
  readonly operations: Surroundings;
  readonly rights: DanishRights;
  readonly authenticator: Authenticator;
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

/** What is wrong with a body before it is read: 1014, but where HTTP has a status of its own for it (413, 415). */
const bodyFault = (fault: Problem<HttpProblem>): RestProblem =>
  fault.problem === 'http.body' ? invalid('a body that can be read', fault.explanation.found) : fault;

const LONGEST_REQUEST_ID = 46;

export const createRest = (surroundings: RestSurroundings): Rest => {
  const { carry, engine, operations, rights, authenticator, language, required, scopes } = surroundings;
  const { now } = operations;
  const logRefusal = createRefusalLog(engine, 'rest', now);

  /** Why the certificate is refused; undefined when it is not. */
  const identify = ({ certificate }: WireRequest, standing: Standing): RestProblem | undefined => {
    const holder = required || certificate ? authenticator.identify(certificate) : undefined;
    if (holder && 'explanation' in holder) return holder;
    standing.holder = holder;
    return undefined;
  };

  const admit = (route: RestRoute, request: WireRequest, standing: Standing): DanishCaller | RestProblem => {
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
  const guardBy = (id: string, holder: Holder | undefined): Guard<RestProblem> => {
    const at = now();
    return {
      once: {
        table: requestIds.name,
        key: keyOf(holder?.fingerprint ?? '', id),
        until: at + REQUEST_ID_COUNTS,
        now: at,
      },
      seen: bare(412, {
        check: 'x-requestId',
        expected: 'one that was not used within 24 hours',
        found: id,
        remedy: 'make a new id for each request',
        rule: 'contract: REST, x-requestId',
      }),
    };
  };

  const answer = async (
    route: RestRoute,
    read: ReturnType<RestRoute['serve']>,
    request: WireRequest,
    parameters: Parameters,
    standing: Standing,
    trace: Trace,
  ): Promise<Done<unknown, RestProblem> | RestProblem> => {
    const headers = headersSaid(request);
    const caller = admit(route, request, standing);
    trace.reached('security');
    if ('explanation' in caller) return caller;
    trace.called(caller);
    if (isProblem(request.body)) return bodyFault(request.body);
    const cpr = headers['x-civilregistrationidentifier'];
    if (route.citizen && cpr === undefined)
      return invalid('the header x-civilregistrationIdentifier', 'none');
    const contentType = headers['content-type'];
    const act = read({ cpr: route.citizen ? cpr : undefined, parameters, bytes: request.body, contentType });
    trace.reached('schema');
    if ('explanation' in act) return act;
    const id = headers['x-requestid'];
    if (id !== undefined && id.length > LONGEST_REQUEST_ID)
      return invalid(`x-requestId of at most ${LONGEST_REQUEST_ID} characters`, `${id.length}`);
    const guard = id === undefined ? undefined : guardBy(id, standing.holder);
    return act({
      caller,
      exchange: trace.number,
      perform: performing(engine, trace.reached, guard),
    });
  };

  const defect = detailsOf(restFace(internalProblem(), language), scopes);

  /** One exchange; refused calls are in the access log too. */
  const exchange = (
    request: WireRequest,
    route: RestRoute | undefined,
    way: (standing: Standing, trace: Trace) => Promise<Done<unknown, RestProblem> | RestProblem>,
  ): Promise<WireAnswer> => {
    const { certificate } = request;
    const standing: Standing = { holder: undefined, actor: {}, admitted: false };

    const run = async (trace: Trace): Promise<Answered | RestProblem> => {
      const done = await way(standing, trace);
      if (isProblem(done)) return done;
      const { result: outcome, durable } = done;
      const lost = await durable;
      trace.reached('store');
      if (lost) return unavailable(lost);
      if (isProblem(outcome)) return outcome;
      const { result, answer: json, warnings = [] } = outcome;
      const reply = {
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: Buffer.from(JSON.stringify(json)),
      };
      return { reply, result, warnings };
    };
    const refuse = async (problem: RestProblem, trace: Trace) => {
      trace.claimed(() => claimedCaller(certificate));
      const face = restFace(problem, language);
      const fault = face.code === undefined ? undefined : String(face.code);
      const told = { reply: detailsOf(face, scopes), fault };
      // Where nothing is, nothing was called.
      if (route === undefined && face.code === undefined) return { problem, ...told };
      const operation = route?.operation;
      const call = { exchange: trace.number, operation, certificate, result: resultOf(face), ...standing };
      return { problem: await logRefusal(problem, call), ...told };
    };
    const about = { service: 'rest', profile: required ? 'mutual-tls' : 'none', operation: route?.name };
    return carry(request, { about, run, refuse, defect });
  };

  return {
    method: (route) => {
      const read = route.serve(operations);
      return (request, parameters) =>
        exchange(request, route, (standing, trace) =>
          answer(route, read, request, parameters, standing, trace),
        );
    },
    unrouted: (request, why) =>
      exchange(request, undefined, async (standing) =>
        why.kind === 'unreadable'
          ? (identify(request, standing) ?? invalid('an address that can be read', why.found))
          : refuseUnrouted(request.method, request.path, why),
      ),
  };
};
