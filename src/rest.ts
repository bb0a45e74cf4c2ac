// The way of a REST request through the emulator, on one screen; the sibling of pipeline.ts.
//
//   certificate ─ actor ─ rights ─ scope ─ request id ─ JSON ─ decode ─ decide ─ encode
//
// Every step returns the next value, or a refusal that ends the way.

import type { DanishCaller, Door } from './dfdg/caller.ts';
import { authorise } from './dfdg/caller.ts';
import type { Language } from './dfdg/codes.ts';
import { type DanishRegister, decideCitizen } from './dfdg/decide.ts';
import { type Faces, numberOf } from './dfdg/problems.ts';
import { bare, details, detailsOf, invalid, isRefused, type Refused } from './dfdg/rest/problem.ts';
import { parseBody, readActor, scopesOf } from './dfdg/rest/request.ts';
import type { RestRoute } from './dfdg/rest/routes.ts';
import type { DanishRights } from './dfdg/rights.ts';
import type { WireAnswer, WireRequest } from './http/wire.ts';
import type { Journal, JournalEntry, Trace } from './journal/journal.ts';
import { internalProblem, isProblem } from './kernel/problem.ts';

/** What the steps work with. */
export interface RestSurroundings {
  readonly journal: Journal;
  readonly register: DanishRegister;
  readonly rights: DanishRights;
  readonly door: Door;
  readonly faces: Faces;
  readonly language: Language;
  /** Whether a client certificate is asked for. */
  readonly required: boolean;
  /** Whether a bearer token must carry the method's scope. */
  readonly scopes: boolean;
  readonly answerHeaders: boolean;
  readonly onExchange: (entry: JournalEntry) => void;
  readonly onDefect: (error: unknown, journalId: string) => void;
}

const LONGEST_REQUEST_ID = 46;

/** One route with everything it needs: from request to answer, never throwing. */
export const createRest = (surroundings: RestSurroundings) => {
  const {
    journal,
    register,
    rights,
    door,
    faces,
    language,
    required,
    scopes,
    answerHeaders,
    onExchange,
    onDefect,
  } = surroundings;

  const admit = (route: RestRoute, request: WireRequest): DanishCaller | Refused => {
    const { headers, certificate } = request;
    const holder = required || certificate ? door.identify(certificate) : undefined;
    if (holder && 'explanation' in holder) return holder;
    const actor = readActor(request.headers, holder, rights);
    if ('explanation' in actor) return actor;
    const caller = authorise(holder, actor, route.allowed, rights);
    if ('explanation' in caller) {
      register.logs.recordRefused('rest', route.operation.name, actor, holder?.cvr, caller.code);
      return caller;
    }
    if (scopes && !scopesOf(headers.authorization).includes(route.scope)) {
      return bare(
        403,
        'scope of the bearer token',
        route.scope,
        headers.authorization ? 'other scopes' : 'no token',
        'send Authorization: Bearer with a token that carries the scope',
      );
    }
    const id = headers['x-requestid'];
    if (id === undefined) return caller;
    if (id.length > LONGEST_REQUEST_ID)
      return invalid(`x-requestId of at most ${LONGEST_REQUEST_ID} characters`, `${id.length}`);
    if (register.logs.admitRequest(holder?.fingerprint ?? '', id)) return caller;
    return bare(
      412,
      'x-requestId',
      'one that was not used within 24 hours',
      id,
      'make a new id for each request',
    );
  };

  const answer = (
    route: RestRoute,
    decide: ReturnType<typeof decideCitizen>,
    request: WireRequest,
    parameters: Readonly<Record<string, string>>,
    trace: Trace,
  ): unknown => {
    const caller = admit(route, request);
    trace.reached('security');
    if ('explanation' in caller) return caller;
    Object.assign(trace.entry, { organisation: caller.organisation, subject: caller.subject });
    if (isProblem(request.body)) return invalid('a body that can be read', request.body.explanation.found);
    const cpr = request.headers['x-civilregistrationidentifier'];
    if (route.citizen && cpr === undefined)
      return invalid('the header x-civilregistrationIdentifier', 'none');
    const body = parseBody(route, request.body, request.headers['content-type']);
    trace.reached('schema');
    if ('explanation' in body) return body;
    const command = route.decodeJson({ cpr: route.citizen ? cpr : undefined, parameters, body: body.value });
    const outcome = decide(command, caller);
    trace.reached('decide');
    if (isProblem(outcome)) return outcome;
    trace.entry.result = outcome.result;
    return { json: route.encodeJson(outcome.answer) };
  };

  const reply = (outcome: unknown, trace: Trace): WireAnswer => {
    if (isProblem(outcome)) {
      trace.refused(outcome);
      return detailsOf(numberOf(outcome), language);
    }
    if (typeof outcome === 'object' && outcome !== null && isRefused(outcome)) {
      if ('status' in outcome) {
        trace.refused({
          problem: `rest.${outcome.status}`,
          wire: { kind: 'http', status: outcome.status, text: '' },
          explanation: outcome.explanation,
        });
        return details(outcome.status, outcome.status === 412 ? 'Precondition Failed' : 'Forbidden');
      }
      trace.refused(faces.problem(outcome));
      return detailsOf(outcome.code, language);
    }
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: Buffer.from(JSON.stringify((outcome as { json: unknown }).json)),
    };
  };

  return (route: RestRoute) => {
    const decide = decideCitizen(route.operation, 'rest', register);
    return (request: WireRequest, parameters: Readonly<Record<string, string>>): WireAnswer => {
      const { method, path, headers, remote } = request;
      const bytes = isProblem(request.body) ? Buffer.alloc(0) : request.body;
      const trace = journal.begin({ method, path, remote, request: { headers, body: bytes } });
      Object.assign(trace.entry, {
        service: 'rest',
        profile: required ? 'mutual-tls' : 'none',
        operation: route.name,
      });
      let given: WireAnswer;
      try {
        given = reply(answer(route, decide, request, parameters, trace), trace);
      } catch (error) {
        onDefect(error, trace.id);
        given = reply(internalProblem(), trace);
      }
      const full = answerHeaders
        ? { ...given, headers: { ...given.headers, 'kontakt-journal': trace.id } }
        : given;
      trace.finished(full.status, { headers: full.headers, body: full.body });
      onExchange(trace.entry);
      return full;
    };
  };
};
