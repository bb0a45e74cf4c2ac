// The way of a REST request through the emulator, on one screen: token ─ scope ─ JSON ─ load ─ deliver.

import type { Answered, Carry } from '../../exchange/exchange.ts';
import type { WireAnswer, WireRequest } from '../../http/wire.ts';
import type { Trace } from '../../journal/trace.ts';
import { brief } from '../../kernel/brief.ts';
import { internalProblem, isProblem } from '../../kernel/problem.ts';
import { type Engine, isLoss } from '../../store/engine.ts';
import { unavailable } from '../../store/unavailable.ts';
import { persons } from '../register/store.ts';
import { personJson } from './answer.ts';
import { answerOf, type PersonerProblem, refusal } from './problems.ts';
import { numbersIn, RULE } from './request.ts';
import { type PersonerRoute, routes } from './routes.ts';
import { admit } from './token.ts';

/** What the steps work with. */
export interface RestSurroundings {
  readonly carry: Carry;
  readonly engine: Pick<Engine, 'read'>;
  /** The register hand of the clock, in milliseconds since 1970. */
  readonly now: () => number;
}

export const SERVICE = 'krr';
const DEFECT = answerOf(internalProblem());

const answered =
  ({ engine, now }: RestSurroundings, route: PersonerRoute) =>
  async (request: WireRequest, trace: Trace): Promise<Answered | PersonerProblem> => {
    const token = admit(request.headers.authorization, route.scope);
    trace.reached('security');
    if (isProblem(token)) return token;
    // Nobody vouches for what an unverified token says.
    trace.claimed(() => (token.organisation === undefined ? {} : { organisation: token.organisation }));
    const numbers = numbersIn(request);
    trace.reached('schema');
    if ('explanation' in numbers) return numbers;
    const found = await engine.read(persons.each(numbers));
    if (isLoss(found)) return unavailable(found);
    const lost = await found.durable;
    trace.reached('store');
    if (lost) return unavailable(lost);
    const toJson = personJson(now());
    const personer = numbers.map((number, place) => toJson(number, found.result[place]));
    const reply = {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: Buffer.from(JSON.stringify({ personer })),
    };
    return { reply, result: 'OK' };
  };

/** Why no method took a request: nothing is at the address, or nothing for its verb. */
const unrouted = ({ method, path }: WireRequest): PersonerProblem => {
  const [address = ''] = path.split('?');
  const known = routes.some((route) => route.path === address);
  return known
    ? refusal('personer.method', {
        check: 'method of the address',
        expected: 'POST',
        found: method,
        rule: 'RFC 9110 §15.5.6',
        remedy: 'send POST, with the numbers in the body',
      })
    : refusal('personer.address', {
        check: 'address of the request',
        expected: routes.map((route) => route.path).join(' or '),
        found: brief(address),
        rule: RULE,
        remedy: 'compare the path: capitals and slashes count',
      });
};

/** Each answers a request and never throws. */
export const createRest = (surroundings: RestSurroundings) => {
  const exchange = (
    request: WireRequest,
    operation: string | undefined,
    run: (trace: Trace) => Promise<Answered | PersonerProblem>,
  ): Promise<WireAnswer> =>
    surroundings.carry<PersonerProblem>(request, {
      about: { service: SERVICE, profile: 'token', operation },
      run,
      refuse: async (problem) => ({ problem, reply: answerOf(problem) }),
      defect: DEFECT,
    });
  return {
    method: (route: PersonerRoute) => {
      const answer = answered(surroundings, route);
      return (request: WireRequest) => exchange(request, route.name, (trace) => answer(request, trace));
    },
    unrouted: (request: WireRequest) => exchange(request, undefined, async () => unrouted(request)),
  };
};
