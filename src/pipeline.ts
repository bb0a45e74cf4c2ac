// The way of a message through the emulator, from bytes to bytes, on one screen.
//
//   media ─ guard ─ parse ─ envelope ─ dispatch ─ security ─ schema ─ decode ─ decide ─ encode ─ sign ─ store
//                     └──────────── one libxml2 tree from here on ────────┘      └ one transaction
//
// A decision that changed the register goes out when it is stored, together with those of the same moment: store/group.ts.
// An answer goes out in the way that `security` settled on: signed, perhaps encrypted, or plain.
// Every stage takes the value of the stage before and returns the next value, or a Problem that ends the way.

import type { XmlDocument } from 'libxml2-wasm';
import type { DanishProblem } from './dfdg/problems.ts';
import type { HttpProblem } from './http/problems.ts';
import type { WireAnswer, WireRequest } from './http/wire.ts';
import type { Journal, JournalEntry, Trace } from './journal/journal.ts';
import { internalProblem, isProblem, type Problem } from './kernel/problem.ts';
import type { SchemaProblem } from './schema/problems.ts';
import type { Validator } from './schema/validate.ts';
import type { SecurityProblem } from './security/problems.ts';
import { composeFault, composePlain, faultStatus } from './soap/compose.ts';
import { dispatch } from './soap/dispatch.ts';
import { checkUnderstood, readEnvelope } from './soap/envelope.ts';
import { readMedia } from './soap/media.ts';
import type { SoapProblem } from './soap/problems.ts';
import type { Admission, Protection } from './soap/protection.ts';
import type { Outcome, RegisterProblem, Service, ServiceDescription } from './soap/service.ts';
import type { CommitGroup } from './store/group.ts';
import { guard } from './xml/guard.ts';
import { parse } from './xml/parse.ts';
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

/** What the stages work with. */
export interface Surroundings {
  readonly journal: Journal;
  readonly group: CommitGroup;
  /** Whether answers carry Kontakt-Journal and Kontakt-Warnings. */
  readonly answerHeaders: boolean;
  /** Told of every exchange when it is over. */
  readonly onExchange: (entry: JournalEntry) => void;
  /** Told of an unexpected exception. */
  readonly onDefect: (error: unknown, journalId: string) => void;
}

export type Handle = (endpoint: Endpoint, request: WireRequest) => Promise<WireAnswer>;

/** What was decided, and how its answer goes out. */
interface Decision extends Outcome<ElementNode> {
  readonly protect: Admission['protect'];
}

/** From bytes to a decision; everything here happens at once, so that the tree is gone when it returns. */
const understand = (
  { service, schema, limits, protection }: Endpoint,
  request: WireRequest,
  trace: Trace,
  { join }: CommitGroup,
): Decision | Problem<ProblemCode> => {
  const { entry, reached } = trace;

  if (isProblem(request.body)) return request.body;
  const media = readMedia(request.method, request.headers, service.version);
  if (isProblem(media)) return media;
  // Where the connection says who calls, that is told first, whatever else is wrong with the message.
  const stranger = protection.greet?.(request);
  const bytes = guard(request.body, media.charset, limits);
  reached('guard');
  if (isProblem(bytes)) return stranger ?? bytes;

  const document = parse(bytes);
  reached('parse');
  if (isProblem(document)) return stranger ?? document;
  using _tree: XmlDocument = document;

  const envelope = readEnvelope(document, service.version, media.type);
  if (isProblem(envelope)) return stranger ?? envelope;
  const notUnderstood = checkUnderstood(envelope, [...protection.understood, ...service.headers]);
  if (notUnderstood) return stranger ?? notUnderstood;
  const operation = dispatch(envelope, service, media.action);
  reached('envelope');
  if (!isProblem(operation)) entry.operation = operation.name;
  else if (!protection.first) return operation;

  const admitted = protection.admit(envelope, request);
  reached('security');
  if (isProblem(admitted)) return admitted;
  if (isProblem(operation)) return operation;
  const { payload, caller, warnings, protect } = admitted;
  entry.warnings = warnings.map(({ problem, explanation }) => ({ problem, explanation }));
  Object.assign(entry, caller);

  const invalid = schema.validate(payload);
  reached('schema');
  if (invalid) return invalid;

  const command = operation.decode(payload);
  reached('decode');
  const outcome = join(() => operation.decide(command, caller));
  reached('decide');
  if (isProblem(outcome)) return outcome;
  const answer = operation.encode(outcome.answer);
  reached('encode');
  return { ...outcome, answer, protect };
};

const reply = (status: number, { version }: ServiceDescription, envelope: string): WireAnswer => ({
  status,
  headers: { 'content-type': `${version.mediaType}; charset=utf-8` },
  body: Buffer.from(envelope),
});

/** What a problem becomes on the wire, in the words of the contract. */
const refuse = (problem: Problem, { service }: Endpoint, operation?: string): WireAnswer => {
  const instead = operation === undefined ? undefined : service.refusalAnswer?.(operation, problem);
  if (instead) return reply(200, service, composePlain(instead, service.version));
  const wire = service.publicFace?.(problem) ?? problem.wire;
  return wire.kind === 'fault'
    ? reply(faultStatus(wire.code, service.version), service, composeFault(wire, service.version))
    : {
        status: wire.status,
        headers: { 'content-type': 'text/plain; charset=utf-8', ...wire.headers },
        body: Buffer.from(`${wire.text}\n`),
      };
};

/** Makes the way: one function from request to answer that never throws. */
export const createPipeline = (surroundings: Surroundings): Handle => {
  const { journal, group, answerHeaders, onExchange, onDefect } = surroundings;

  /** A refusal as it goes out: also in the contract's own log of calls, where it keeps one. */
  const refused = (problem: Problem, endpoint: Endpoint, request: WireRequest, trace: Trace): WireAnswer => {
    const { operation } = trace.entry;
    const logged = endpoint.protection.refused?.(problem, request, operation) ?? problem;
    trace.refused(logged);
    return refuse(logged, endpoint, operation);
  };

  const answer = async (endpoint: Endpoint, request: WireRequest, trace: Trace): Promise<WireAnswer> => {
    const outcome = understand(endpoint, request, trace, group);
    if (isProblem(outcome)) {
      const lost = outcome.reference === undefined ? undefined : await group.stored();
      return refused(lost ?? outcome, endpoint, request, trace);
    }
    const stored = group.stored();
    const envelope = await outcome.protect(outcome.answer, endpoint.service.version);
    trace.reached('sign');
    const lost = await stored;
    trace.reached('store');
    if (lost) return refused(lost, endpoint, request, trace);
    trace.entry.result = outcome.result;
    if (outcome.refusal) trace.refused(outcome.refusal);
    return reply(200, endpoint.service, envelope);
  };

  return async (endpoint, request) => {
    const { method, path, headers, remote } = request;
    const body = isProblem(request.body) ? Buffer.alloc(0) : request.body;
    const trace = journal.begin({ method, path, remote, request: { headers, body } });
    Object.assign(trace.entry, { service: endpoint.service.name, profile: endpoint.protection.name });
    let given: WireAnswer;
    try {
      given = await answer(endpoint, request, trace);
    } catch (error) {
      const defect = internalProblem();
      onDefect(error, trace.id);
      trace.refused(defect);
      given = refuse(defect, endpoint);
    }
    const warnings = trace.entry.warnings.length;
    const told = answerHeaders
      ? { 'kontakt-journal': trace.id, ...(warnings > 0 ? { 'kontakt-warnings': String(warnings) } : {}) }
      : {};
    const full = { ...given, headers: { ...given.headers, ...told } };
    trace.finished(full.status, { headers: full.headers, body: full.body });
    onExchange(trace.entry);
    return full;
  };
};
