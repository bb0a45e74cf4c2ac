// One exchange over REST: the answer goes out when it is stored, and a refused call is in the access log too.

import type { Done } from '../../contract/operation.ts';
import type { Answered, Carry } from '../../exchange/exchange.ts';
import type { WireAnswer, WireRequest } from '../../http/wire.ts';
import type { Trace } from '../../journal/trace.ts';
import { internalProblem, isProblem } from '../../kernel/problem.ts';
import type { Engine } from '../../store/engine.ts';
import { unavailable } from '../../store/unavailable.ts';
import { createRefusalLog } from '../access.ts';
import { claimedCaller } from '../caller.ts';
import type { Language } from '../codes.ts';
import type { Standing } from './admission.ts';
import { detailsOf, type RestProblem, restFace, resultOf } from './faces.ts';
import type { RestRoute } from './route.ts';

/** What an exchange is framed by. */
export interface ExchangeParts {
  readonly carry: Carry;
  readonly engine: Pick<Engine, 'change'>;
  readonly language: Language;
  readonly required: () => boolean;
  readonly scopes: boolean;
}

/** What a way ends in: something that waits to be stored, or a refusal. */
export type Ended = Done<unknown, RestProblem> | RestProblem;

/** The answer that went into the register, once it is stored. */
const answered = async (done: Ended, trace: Trace): Promise<Answered | RestProblem> => {
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

/** @param now the register hand of the clock, in milliseconds since 1970 */
export const createExchange = (
  { carry, engine, language, required, scopes }: ExchangeParts,
  now: () => number,
) => {
  const logRefusal = createRefusalLog(engine, 'rest', now);
  const defect = detailsOf(restFace(internalProblem(), language), scopes);

  return (
    request: WireRequest,
    route: RestRoute | undefined,
    way: (standing: Standing, trace: Trace) => Promise<Ended>,
  ): Promise<WireAnswer> => {
    const { certificate } = request;
    const standing: Standing = { holder: undefined, actor: {}, admitted: false };
    const run = async (trace: Trace): Promise<Answered | RestProblem> =>
      answered(await way(standing, trace), trace);
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
    const about = { service: 'rest', profile: required() ? 'mutual-tls' : 'none', operation: route?.name };
    return carry(request, { about, run, refuse, defect });
  };
};
