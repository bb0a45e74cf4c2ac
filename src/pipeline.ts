// The way of a message through the emulator, from bytes to bytes, on one screen.
//
//   media ─ guard ─ parse ─ envelope ─ dispatch ─ security ─ schema ─ decode ─ decide ─ encode ─ sign ─ store
//                     └──────────── one libxml2 tree from here on ────────┘      └ one transaction
//
// A decision that changed the register goes out when it is stored, together with those of the same moment: store/group.ts.
// An answer goes out in the way that `security` settled on: signed, perhaps encrypted, or plain.
// Every stage takes the value of the stage before and returns the next value, or a Problem that ends the way.
// Around it stands the frame of every call, with journal and defects: exchange/exchange.ts.

import type { XmlDocument } from 'libxml2-wasm';
import type { Answered, Carry, Refused } from './exchange/exchange.ts';
import { type SharedProblem, tell } from './exchange/faces.ts';
import { refusalReply, soapReply } from './exchange/soap-reply.ts';
import type { WireAnswer, WireRequest } from './http/wire.ts';
import type { Trace } from './journal/journal.ts';
import { internalProblem, isProblem, type Problem } from './kernel/problem.ts';
import type { Validator } from './schema/validate.ts';
import type { SecurityProblem } from './security/problems.ts';
import { dispatch } from './soap/dispatch.ts';
import { checkUnderstood, type Envelope, readEnvelope } from './soap/envelope.ts';
import { readMedia } from './soap/media.ts';
import type { Admission, Protection } from './soap/protection.ts';
import type { Outcome, Service } from './soap/service.ts';
import type { CommitGroup } from './store/group.ts';
import { guard } from './xml/guard.ts';
import { parse } from './xml/parse.ts';
import type { XmlLimits } from './xml/scan.ts';
import type { ElementNode } from './xml/writer.ts';

/** A service as it runs: with its compiled schemas and its protection. `Own` are the problems that its contract alone has. */
export interface Endpoint<Own extends Problem = never> {
  readonly service: Service<Own>;
  readonly schema: Validator;
  /** How much a message may hold. */
  readonly limits: XmlLimits;
  readonly protection: Protection<Problem<SecurityProblem> | Own>;
}

export type Handle = (request: WireRequest) => Promise<WireAnswer>;

/** What was decided, and how its answer goes out. */
interface Decision extends Outcome<ElementNode> {
  readonly protect: Admission['protect'];
}

/** From bytes to a decision; everything here happens at once, so that the tree is gone when it returns. */
const createUnderstand = <Own extends Problem>(
  { service, schema, limits, protection }: Endpoint<Own>,
  { join }: CommitGroup,
) => {
  type Refusal = SharedProblem | Own;

  /** Where the connection says who calls, that is told first, whatever else is wrong with the message. */
  const orStranger = (problem: Refusal, request: WireRequest): Refusal =>
    protection.greet?.(request) ?? problem;

  const decide = (
    envelope: Envelope,
    action: string | undefined,
    request: WireRequest,
    trace: Trace,
  ): Decision | Refusal => {
    const { reached } = trace;
    const notUnderstood = checkUnderstood(envelope, [...protection.understood, ...service.headers]);
    if (notUnderstood) return orStranger(notUnderstood, request);
    const operation = dispatch(envelope, service, action);
    reached('envelope');
    if (!isProblem(operation)) trace.saw({ operation: operation.name });
    else if (!protection.first) return operation;

    const admitted = protection.admit(envelope, request);
    reached('security');
    if (isProblem(admitted)) return admitted;
    const { payload, caller, warnings, protect } = admitted;
    trace.called(caller);
    trace.saw({ warnings });
    if (isProblem(operation)) return operation;

    const invalid = schema.validate(payload);
    reached('schema');
    if (invalid) return invalid;

    const command = operation.decode(payload);
    reached('decode');
    const outcome = join(() => operation.decide(command, caller, trace.number));
    reached('decide');
    if (isProblem(outcome)) return outcome;
    const answer = operation.encode(outcome.answer);
    reached('encode');
    return { ...outcome, answer, protect };
  };

  return (request: WireRequest, trace: Trace): Decision | Refusal => {
    const { reached } = trace;
    if (isProblem(request.body)) return request.body;
    const media = readMedia(request.method, request.headers, service.version);
    if (isProblem(media)) return media;
    const bytes = guard(request.body, media.charset, limits);
    reached('guard');
    if (isProblem(bytes)) return orStranger(bytes, request);

    const document = parse(bytes);
    reached('parse');
    if (isProblem(document)) return orStranger(document, request);
    using _tree: XmlDocument = document;

    const envelope = readEnvelope(document, service.version, media.type);
    if (isProblem(envelope)) return orStranger(envelope, request);
    const decision = decide(envelope, media.action, request, trace);
    if (isProblem(decision)) trace.claimed(() => protection.claims(request, envelope));
    return decision;
  };
};

/** Makes the way to a service: one function from request to answer that never throws. */
export const createPipeline = <Own extends Problem>(
  endpoint: Endpoint<Own>,
  carry: Carry,
  group: CommitGroup,
): Handle => {
  const { service, protection } = endpoint;
  const understand = createUnderstand(endpoint, group);
  const { version } = service;
  const { reply: defect } = refusalReply(tell(internalProblem(), service), version);

  const run = async (request: WireRequest, trace: Trace): Promise<Answered | SharedProblem | Own> => {
    const decision = understand(request, trace);
    if (isProblem(decision)) {
      const lost = decision.reference === undefined ? undefined : await group.stored();
      return lost ?? decision;
    }
    const { answer, protect, ...outcome } = decision;
    const stored = group.stored();
    const envelope = await protect(answer, version);
    trace.reached('sign');
    const lost = await stored;
    trace.reached('store');
    return lost ?? { ...outcome, reply: soapReply(200, version, envelope) };
  };

  /** A refusal as it goes out: also in the contract's own log of calls, where it keeps one. */
  const refuse = (problem: SharedProblem | Own, request: WireRequest, trace: Trace): Refused => {
    trace.claimed(() => protection.claims(request));
    const telling = tell(problem, service);
    const { operation, number } = trace;
    const logged =
      telling.result === undefined
        ? problem
        : (protection.refused?.(problem, telling.result, request, operation, number) ?? problem);
    return { problem: logged, ...refusalReply(telling, version, operation, logged.reference) };
  };

  return (request) =>
    carry(request, {
      about: { service: service.name, profile: protection.name, judged: protection.judgement?.() },
      run: (trace) => run(request, trace),
      refuse: (problem, trace) => refuse(problem, request, trace),
      defect,
    });
};
