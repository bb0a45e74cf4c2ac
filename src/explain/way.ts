// A message judged the whole way that the server goes: HTTP, bytes, envelope, operation, security, schema.
//
// The server tells the first refusal. Here the message is looked at further, as far as what follows means anything.

import { isProblem, type QName } from '../kernel/problem.ts';
import { schemasOf, type Validator } from '../schema/validate.ts';
import type { Anatomy } from '../security/anatomy.ts';
import { profiles } from '../security/profiles/profiles.ts';
import { reportMessage } from '../security/report.ts';
import { dispatch } from '../soap/dispatch.ts';
import { checkUnderstood, type Envelope, readEnvelope } from '../soap/envelope.ts';
import { type Media, readMedia } from '../soap/media.ts';
import { type Message, readMessage } from '../soap/read.ts';
import type { ServiceDescription } from '../soap/service.ts';
import { SOAP_1_1 } from '../soap/version.ts';
import { wsse } from '../xml/names.ts';
import type { XmlLimits } from '../xml/scan.ts';
import { type Addressee, addresseeOf } from './addressee.ts';
import { contentRefusals, isOfContent } from './content.ts';
import { documentOf } from './document.ts';
import { type Explaining, explainMessage, surroundingsOf } from './explain.ts';
import type { Explained, ExplainedCause } from './explained.ts';
import { toldOpinion } from './opinion/opinion.ts';
import { causeOfRefusal } from './refusal.ts';
import type { Refusal } from './rules/rule.ts';
import { onceEach, type Reading, type Sent, unread } from './unread.ts';

/** What a message may be for. */
export interface Addressees {
  readonly all: readonly Addressee[];
  /** The one that somebody named, or that received it. */
  readonly chosen?: Addressee | undefined;
}

/** What it is judged by. */
export type Judging = Omit<Explaining, 'headers' | 'operations'>;

/** A message that was read, with what is known of it by then; whoever has it must dispose the message. */
export interface Opened {
  readonly message: Message;
  readonly sent: Sent;
  readonly media: Media | undefined;
  /** What HTTP is refused for. */
  readonly refusals: readonly Refusal[];
}

const validators = new WeakMap<ServiceDescription, Validator>();
const validatorOf = (service: ServiceDescription): Validator => {
  const known = validators.get(service) ?? schemasOf(service);
  validators.set(service, known);
  return known;
};

const SECURITY: readonly QName[] = [{ namespace: wsse.uri, name: 'Security' }];

const present = (refusals: readonly (Refusal | undefined)[]): Refusal[] =>
  refusals.filter((one) => one !== undefined);

/** What HTTP says of the message; undefined where nothing is known of it. */
const mediaOf = (
  { method = 'POST', headers, whole }: Sent,
  { chosen }: Addressees,
): Media | Refusal | undefined => {
  const version = chosen?.service.version ?? SOAP_1_1;
  if (whole || headers['content-type'] !== undefined) return readMedia(method, headers, version);
  return headers.soapaction === undefined
    ? undefined
    : readMedia(method, { ...headers, 'content-type': version.mediaType }, version);
};

/**
 * Reads a message; where it is none, what is to be said of it.
 *
 * @param limits what it may hold; undefined: what a request may
 */
export const openSent = (
  sent: Sent,
  judging: Reading,
  addressees: Addressees,
  limits?: XmlLimits,
): Opened | Explained => {
  const found = mediaOf(sent, addressees);
  const media = isProblem(found) ? undefined : found;
  if (sent.encoding) return unread([sent.encoding], sent, media?.charset, judging);
  const refusals = present([isProblem(found) ? found : undefined]);
  const message = readMessage(sent.message, { charset: media?.charset, limits });
  return isProblem(message)
    ? unread([...refusals, message], sent, media?.charset, judging)
    : { message, sent, media, refusals };
};

/** Who it is for decides which version it has to be in, and what it has to come under. */
const envelopeRefusal = (
  { document, version }: Envelope,
  { media }: Opened,
  to: Addressee | undefined,
): Refusal | undefined => {
  const envelope = readEnvelope(document, to?.service.version ?? version, media?.type);
  return isProblem(envelope) ? envelope : undefined;
};

/** What the payload is refused for, once it is believed. */
const payloadRefusals = (
  { payload }: Envelope,
  service: ServiceDescription,
  organisation: string | undefined,
): Refusal[] => {
  const invalid = validatorOf(service).validate(payload);
  return invalid ? [invalid] : contentRefusals(payload, service, organisation);
};

/** What the other library says of a message that is refused for something else than its protection. */
export const opinionBeside = (
  problems: readonly Refusal[],
  anatomy: Anatomy,
  { opinion, profile, now }: Pick<Explaining, 'opinion' | 'profile' | 'now'>,
): Explained['secondOpinion'] =>
  toldOpinion(opinion, anatomy, reportMessage(anatomy, profile, now), problems);

/** At its own address much of the rest may be right: that one is told first, whatever the service refuses first. */
const isForAnother = ({ explanation }: Refusal): boolean => explanation.kind === 'of-another-service';

/** A document with what was refused before it and after it. */
const joined = (
  told: Explained,
  before: readonly Refusal[],
  after: readonly Refusal[],
  anatomy: Anatomy,
  explaining: Explaining,
): Explained => {
  if (before.length === 0 && after.length === 0) return told;
  const surroundings = surroundingsOf(anatomy, explaining);
  const causes = (refusals: readonly Refusal[]): ExplainedCause[] =>
    refusals.map((one) => causeOfRefusal(one, surroundings));
  const astray = [...before, ...after].filter(isForAnother);
  // What the content is refused for has a code of the contract's own on the wire.
  const wired = after.find((one) => !isOfContent(one))?.problem ?? null;
  const secondOpinion =
    told.verdict === 'accepted'
      ? opinionBeside([...before, ...after], anatomy, explaining)
      : told.secondOpinion;
  return documentOf({
    ...told,
    verdict: 'refused',
    problem: before[0]?.problem ?? told.problem ?? wired,
    causes: onceEach([...causes(astray), ...causes(before), ...told.causes, ...causes(after)]),
    secondOpinion,
  });
};

const isRenamed = ({ causes }: Explained): boolean =>
  causes.some(({ cause, certain }) => certain && cause === 'element-renamed');

/** Explains a message that was read and taken apart. */
export function* explainOpened(
  anatomy: Anatomy,
  opened: Opened,
  judging: Judging,
  { all, chosen }: Addressees,
): Generator<void, Explained> {
  const { envelope } = anatomy;
  const { headers } = opened.sent;
  const addressed = addresseeOf(envelope, all, chosen);
  if (addressed.kind === 'answer') return yield* explainMessage(anatomy, { ...judging, headers });
  const { to, operations } = addressed;
  const secured = to?.secured ?? true;
  const profile = secured ? judging.profile : profiles.none;
  const explaining: Explaining = { ...judging, headers, operations, profile };
  const understood = checkUnderstood(envelope, [
    ...(secured ? SECURITY : []),
    ...(to?.service.headers ?? []),
  ]);
  const wsdl = to?.service.wsdl ?? 'of the service';
  const possible = operations.length > 0 ? operations : all.flatMap(({ service }) => service.operations);
  const found = dispatch(
    envelope,
    { wsdl, operations: possible },
    opened.media?.action,
    all.map(({ service }) => service),
  );
  const operation = isProblem(found) ? found : undefined;
  const told = yield* explainMessage(anatomy, explaining);

  // A name that was changed behind the signer is that before it is a name that nobody knows.
  // Who calls is judged before what is called where the connection says it. What nobody here has any operation for may be
  // for somebody else: then the operation is the last thing to tell.
  const early = secured && operations.length > 0 && !isRenamed(told);
  const before = present([
    ...opened.refusals,
    envelopeRefusal(envelope, opened, to),
    understood,
    early ? operation : undefined,
  ]);
  const admitted = present([to?.judgeHeaders?.(envelope), early ? undefined : operation]);
  const good = told.verdict === 'accepted' && !operation && admitted.length === 0;
  const signer = profile.required ? anatomy.signer(judging.now, profile.minimumKeyBits) : undefined;
  const organisation = signer === undefined || isProblem(signer) ? undefined : signer.organisation;
  const payload = good && to ? payloadRefusals(envelope, to.service, organisation) : [];
  return joined(told, before, [...admitted, ...payload], anatomy, explaining);
}
