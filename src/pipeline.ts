// The way of a message through the emulator, from bytes to bytes, on one screen.
//
//   media ─ guard ─ parse ─ envelope ─ dispatch ─ security ─ schema ─ decode ─ decide ─ encode ─ sign ─ store
//                     └──────────── one libxml2 tree from here on ────────┘      └ one change of the register
//
// Reading ends with the tree. The change that a message makes is whole or not at all, and stored together with those of the
// same moment (store/engine.ts); its answer is signed meanwhile, and goes out when it is stored.
// An answer goes out in the way that `security` settled on: signed, perhaps encrypted, or plain.
// Every stage takes the value of the stage before and returns the next value, or a Problem that ends the way.
// Around it stands the frame of every call, with journal and defects: exchange/exchange.ts.

import type { Endpoint } from './contract/endpoint.ts';
import { type Act, type Guard, type Operation, performing, refusing } from './contract/operation.ts';
import type { Answered, CarryMessage, Refused } from './exchange/exchange.ts';
import { type SharedProblem, tell } from './exchange/faces.ts';
import { refusalReply, soapReply } from './exchange/soap-reply.ts';
import type { WireAnswer, WireRequest } from './http/wire.ts';
import type { Trace } from './journal/trace.ts';
import { internalProblem, isProblem, type Problem } from './kernel/problem.ts';
import type { Validator } from './schema/validate.ts';
import { dispatch } from './soap/dispatch.ts';
import { checkUnderstood, type Envelope } from './soap/envelope.ts';
import { readMedia } from './soap/media.ts';
import type { Admission, CountsOnce } from './soap/protection.ts';
import { readMessage } from './soap/read.ts';
import type { Caller, ServiceDescription } from './soap/service.ts';
import type { Engine } from './store/engine.ts';
import { onceKeys } from './store/tables.ts';
import { unavailable } from './store/unavailable.ts';

export type Handle = (request: WireRequest) => Promise<WireAnswer>;

/** The signatures that were seen. */
export const signatures = onceKeys('signature', 100_000);

const guardOf = <Repeated extends Problem>({ seen, ...once }: CountsOnce<Repeated>): Guard<Repeated> => ({
  once: { table: signatures.name, ...once },
  seen,
});

/** A message that was read: what it does, and how its answer goes out. */
interface Understood<C extends Caller, Refusal extends Problem> {
  readonly act: Act<C, Refusal>;
  readonly caller: C;
  readonly guard: Guard<Refusal> | undefined;
  readonly protect: Admission['protect'];
}

/** From the verified payload to what it does: even a message that asks for nothing valid counts once. */
const readPayload = <C extends Caller, Own extends Problem>(
  operation: Operation<C, Own> | SharedProblem,
  { payload }: Pick<Admission, 'payload'>,
  schema: Validator,
  { reached }: Trace,
): Act<C, SharedProblem | Own> => {
  if (isProblem(operation)) return refusing(operation);
  const invalid = schema.validate(payload);
  reached('schema');
  if (invalid) return refusing(invalid);
  const act = operation.read(payload);
  reached('decode');
  return act;
};

/** From bytes to what a message does; everything here happens at once, so that the tree is gone when it returns. */
const createUnderstand = <C extends Caller, Own extends Problem>(
  { service, schema, limits, protection }: Endpoint<C, Own>,
  elsewhere: readonly ServiceDescription[],
) => {
  type Refusal = SharedProblem | Own;

  /** Where the connection says who calls, that is told first, whatever else is wrong with the message. */
  const orStranger = (problem: Refusal, request: WireRequest): Refusal =>
    protection.greet?.(request) ?? problem;

  const understand = (
    envelope: Envelope,
    action: string | undefined,
    request: WireRequest,
    trace: Trace,
  ): Understood<C, Refusal> | Refusal => {
    const notUnderstood = checkUnderstood(envelope, [...protection.understood, ...service.headers]);
    if (notUnderstood) return orStranger(notUnderstood, request);
    const operation = dispatch(envelope, service, action, elsewhere);
    trace.reached('envelope');
    if (!isProblem(operation)) trace.saw({ operation: operation.name });
    else if (!protection.first) return operation;

    const admitted = protection.admit(envelope, request);
    trace.reached('security');
    if (isProblem(admitted)) return admitted;
    const { caller, warnings, protect, once } = admitted;
    trace.called(caller);
    trace.saw({ warnings });
    const act = readPayload(operation, admitted, schema, trace);
    return { act, caller, guard: once && guardOf(once), protect };
  };

  return (request: WireRequest, trace: Trace): Understood<C, Refusal> | Refusal => {
    const { reached } = trace;
    if (isProblem(request.body)) return request.body;
    const media = readMedia(request.method, request.headers, service.version);
    if (isProblem(media)) return media;
    const { charset, type: mediaType } = media;
    const { version } = service;
    const message = readMessage(request.body, { version, charset, mediaType, limits, reached });
    if (isProblem(message)) return orStranger(message, request);
    using envelope = message;
    const understood = understand(envelope, media.action, request, trace);
    if (isProblem(understood)) trace.claimed(() => protection.claims(request, envelope));
    return understood;
  };
};

/**
 * Makes the way to a service: one function from request to answer that never throws.
 *
 * @param elsewhere the other services, one of which a message may be for
 */
export const createPipeline = <C extends Caller, Own extends Problem>(
  endpoint: Endpoint<C, Own>,
  carry: CarryMessage,
  engine: Pick<Engine, 'change'>,
  elsewhere: readonly ServiceDescription[] = [],
): Handle => {
  const { service, protection } = endpoint;
  const { version } = service;
  const understand = createUnderstand(endpoint, elsewhere);
  const { reply: defect } = refusalReply(tell(internalProblem(), service), version);

  const run = async (request: WireRequest, trace: Trace): Promise<Answered | SharedProblem | Own> => {
    const understood = understand(request, trace);
    if (isProblem(understood)) return understood;
    const { act, caller, guard: once, protect } = understood;
    const perform = performing(engine, trace.reached, once);
    const done = await act({ caller, exchange: trace.number, perform });
    if (isProblem(done)) return done;
    const { result: outcome, durable } = done;
    if (isProblem(outcome)) {
      const lost = await durable;
      return lost ? unavailable(lost) : outcome;
    }
    const { answer, ...told } = outcome;
    const envelope = await protect(answer, version);
    trace.reached('sign');
    const lost = await durable;
    trace.reached('store');
    return lost ? unavailable(lost) : { ...told, reply: soapReply(200, version, envelope) };
  };

  /** A refusal as it goes out: also in the contract's own log of calls, where it keeps one. */
  const refuse = async (
    problem: SharedProblem | Own,
    request: WireRequest,
    trace: Trace,
  ): Promise<Refused> => {
    trace.claimed(() => protection.claims(request));
    const telling = tell(problem, service);
    const { result } = telling;
    const { operation, number } = trace;
    const logged =
      result === undefined
        ? problem
        : ((await protection.refused?.(problem, result, request, operation, number)) ?? problem);
    return { problem: logged, ...refusalReply(telling, version, operation, logged.reference) };
  };

  return (request) =>
    carry<SharedProblem | Own>(request, {
      about: { service: service.name, profile: protection.name(), judged: protection.judgement?.() },
      run: (trace) => run(request, trace),
      refuse: (problem, trace) => refuse(problem, request, trace),
      defect,
    });
};
