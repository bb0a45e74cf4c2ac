// The way of a message through the emulator, from bytes to bytes, on one screen.
//
//   media ─ guard ─ parse ─ envelope ─ dispatch ─ security ─ schema ─ decode ─ decide ─ encode ─ sign ─ store
//                     └──────────── one libxml2 tree from here on ────────┘      └ one transaction
//
// A decision that changed the register goes out when it is stored, together with those of the same moment: store/group.ts.
// An answer goes out in the way that `security` settled on: signed, perhaps encrypted, or plain.
// Every stage takes the value of the stage before and returns the next value, or a Problem that ends the way.
// Around it stands the frame of every call, with journal and defects: exchange/exchange.ts.

import type { DanishProblem } from './dfdg/problems.ts';
import type { Answered, Carry, Refused } from './exchange/exchange.ts';
import type { HttpProblem } from './http/problems.ts';
import type { WireAnswer, WireRequest } from './http/wire.ts';
import type { Trace } from './journal/journal.ts';
import { internalProblem, isProblem, type Problem } from './kernel/problem.ts';
import type { SchemaProblem } from './schema/problems.ts';
import type { Validator } from './schema/validate.ts';
import type { SecurityProblem } from './security/problems.ts';
import { codeText, composeFault, composePlain, faultStatus } from './soap/compose.ts';
import { dispatch } from './soap/dispatch.ts';
import { checkUnderstood, type Envelope } from './soap/envelope.ts';
import { readMedia } from './soap/media.ts';
import type { SoapProblem } from './soap/problems.ts';
import type { Admission, Protection } from './soap/protection.ts';
import { readMessage } from './soap/read.ts';
import type { Outcome, RegisterProblem, Service, ServiceDescription } from './soap/service.ts';
import type { CommitGroup } from './store/group.ts';
import type { XmlProblem } from './xml/problems.ts';
import type { XmlLimits } from './xml/scan.ts';
import type { ElementNode } from './xml/writer.ts';

/** Everything that can be wrong with a message: the closed union of the folders' own codes. */
type ProblemCode =
  | HttpProblem
  | XmlProblem
  | SoapProblem
  | SecurityProblem
  | SchemaProblem
  | RegisterProblem
  | DanishProblem
  | 'internal';

/** A service as it runs: with its compiled schemas and its protection. */
export interface Endpoint {
  readonly service: Service<RegisterProblem | DanishProblem>;
  readonly schema: Validator;
  /** How much a message may hold. */
  readonly limits: XmlLimits;
  readonly protection: Protection<SecurityProblem | DanishProblem>;
}

export type Handle = (request: WireRequest) => Promise<WireAnswer>;

/** What was decided, and how its answer goes out. */
interface Decision extends Outcome<ElementNode> {
  readonly protect: Admission['protect'];
}

/** From bytes to a decision; everything here happens at once, so that the tree is gone when it returns. */
const createUnderstand = ({ service, schema, limits, protection }: Endpoint, { join }: CommitGroup) => {
  /** Where the connection says who calls, that is told first, whatever else is wrong with the message. */
  const orStranger = (problem: Problem<ProblemCode>, request: WireRequest): Problem<ProblemCode> =>
    protection.greet?.(request) ?? problem;

  const decide = (
    envelope: Envelope,
    action: string | undefined,
    request: WireRequest,
    trace: Trace,
  ): Decision | Problem<ProblemCode> => {
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

  return (request: WireRequest, trace: Trace): Decision | Problem<ProblemCode> => {
    const { reached } = trace;
    if (isProblem(request.body)) return request.body;
    const media = readMedia(request.method, request.headers, service.version);
    if (isProblem(media)) return media;
    const { charset, type: mediaType } = media;
    const { version } = service;
    const message = readMessage(request.body, { version, charset, mediaType, limits, reached });
    if (isProblem(message)) return orStranger(message, request);
    using envelope = message;
    const decision = decide(envelope, media.action, request, trace);
    if (isProblem(decision)) trace.claimed(() => protection.claims(request, envelope));
    return decision;
  };
};

const reply = (status: number, { version }: ServiceDescription, envelope: string): WireAnswer => ({
  status,
  headers: { 'content-type': `${version.mediaType}; charset=utf-8` },
  body: Buffer.from(envelope),
});

/** What a problem becomes on the wire, in the words of the contract. */
const face = (
  problem: Problem,
  { service }: Endpoint,
  operation?: string,
): Pick<Refused, 'reply' | 'fault'> => {
  const { version } = service;
  const wire = service.publicFace?.(problem) ?? problem.wire;
  const fault = wire.kind === 'fault' ? codeText(wire.code, version) : undefined;
  const instead = operation === undefined ? undefined : service.refusalAnswer?.(operation, problem);
  if (instead) return { reply: reply(200, service, composePlain(instead, version)), fault };
  if (wire.kind === 'fault')
    return {
      reply: reply(faultStatus(wire.code, version), service, composeFault(wire, version)),
      fault,
    };
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...wire.headers };
  return { reply: { status: wire.status, headers, body: Buffer.from(`${wire.text}\n`) } };
};

/** Makes the way to a service: one function from request to answer that never throws. */
export const createPipeline = (endpoint: Endpoint, carry: Carry, group: CommitGroup): Handle => {
  const { service, protection } = endpoint;
  const understand = createUnderstand(endpoint, group);
  const { reply: defect } = face(internalProblem(), endpoint);

  const run = async (request: WireRequest, trace: Trace): Promise<Answered | Problem> => {
    const decision = understand(request, trace);
    if (isProblem(decision)) {
      const lost = decision.reference === undefined ? undefined : await group.stored();
      return lost ?? decision;
    }
    const { answer, protect, ...outcome } = decision;
    const stored = group.stored();
    const envelope = await protect(answer, service.version);
    trace.reached('sign');
    const lost = await stored;
    trace.reached('store');
    return lost ?? { ...outcome, reply: reply(200, service, envelope) };
  };

  /** A refusal as it goes out: also in the contract's own log of calls, where it keeps one. */
  const refuse = (problem: Problem, request: WireRequest, trace: Trace) => {
    trace.claimed(() => protection.claims(request));
    const logged = protection.refused?.(problem, request, trace.operation, trace.number) ?? problem;
    return { problem: logged, ...face(logged, endpoint, trace.operation) };
  };

  return (request) =>
    carry(request, {
      about: { service: service.name, profile: protection.name, judged: protection.judgement?.() },
      run: (trace) => run(request, trace),
      refuse: (problem, trace) => refuse(problem, request, trace),
      defect,
    });
};
