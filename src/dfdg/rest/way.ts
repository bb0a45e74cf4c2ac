// The way of a REST request through the emulator, on one screen; the sibling of pipeline.ts.
//
//   certificate ─ actor ─ rights ─ scope ─ JSON ─ decode ─ request id ─ decide ─ encode ─ store
//
// Every step returns the next value, or a refusal that ends the way.

import { type Guard, performing } from '../../contract/operation.ts';
import type { HttpProblem } from '../../http/problems.ts';
import type { WireAnswer, WireRequest } from '../../http/wire.ts';
import type { Trace } from '../../journal/trace.ts';
import { isProblem, type Problem } from '../../kernel/problem.ts';
import { keyOf } from '../../store/tables.ts';
import type { Holder } from '../caller.ts';
import type { Surroundings } from '../decide.ts';
import { REQUEST_ID_COUNTS, requestIds } from '../register/logs.ts';
import { type Admission, type AdmissionParts, createAdmission, type Standing } from './admission.ts';
import { createExchange, type Ended, type ExchangeParts } from './exchange.ts';
import type { RestProblem } from './faces.ts';
import { headersSaid } from './headers.ts';
import { bare, invalid } from './problem.ts';
import type { RestRoute } from './route.ts';
import { refuseUnrouted, type Unrouted } from './unrouted.ts';

/** What the steps work with. */
export interface RestSurroundings extends AdmissionParts, ExchangeParts {
  readonly operations: Surroundings;
}

type Parameters = Readonly<Record<string, string>>;

/** The REST face: each function answers a request and never throws. */
export interface Rest {
  readonly method: (
    route: RestRoute,
  ) => (request: WireRequest, parameters: Parameters) => Promise<WireAnswer>;
  readonly unrouted: (request: WireRequest, why: Unrouted) => Promise<WireAnswer>;
}

/** What is wrong with a body before it is read: 1014, but where HTTP has a status of its own for it (413, 415). */
const bodyFault = (fault: Problem<HttpProblem>): RestProblem =>
  fault.problem === 'http.body' ? invalid('a body that can be read', fault.explanation.found) : fault;

const LONGEST_REQUEST_ID = 46;

/** A request id is used up by a call that gets as far as its operation, whatever that says to it [A]. */
const guardBy = (id: string, holder: Holder | undefined, at: number): Guard<RestProblem> => ({
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
});

/** From a request that may call to what waits to be stored. */
const createAnswer =
  ({ engine, operations }: RestSurroundings, { admit }: Admission) =>
  async (
    route: RestRoute,
    read: ReturnType<RestRoute['serve']>,
    request: WireRequest,
    parameters: Parameters,
    standing: Standing,
    trace: Trace,
  ): Promise<Ended> => {
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
    const guard = id === undefined ? undefined : guardBy(id, standing.holder, operations.now());
    return act({
      caller,
      exchange: trace.number,
      perform: performing(engine, trace.reached, guard),
    });
  };

export const createRest = (surroundings: RestSurroundings): Rest => {
  const { operations } = surroundings;
  const admission = createAdmission(surroundings, operations.now);
  const answer = createAnswer(surroundings, admission);
  const exchange = createExchange(surroundings, operations.now);
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
          ? (admission.identify(request, standing) ?? invalid('an address that can be read', why.found))
          : refuseUnrouted(request.method, request.path, why),
      ),
  };
};
