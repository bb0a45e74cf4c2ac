// Why a message is refused: what the verdict saw, and for each digest and signature that is wrong what proves the cause.
//
// The first cause is what somebody has to change. Nothing is asserted that was not established: where no way that was tried
// gives the declared digest, that is what is said.

import { isProblem } from '../kernel/problem.ts';
import { digestMethods, signatureMethods } from '../security/algorithms.ts';
import type { Anatomy } from '../security/anatomy.ts';
import type { ResolvedReference } from '../security/coverage.ts';
import type { Profile } from '../security/profiles/profile.ts';
import { reportMessage, type SecurityReport } from '../security/report.ts';
import { verdict } from '../security/verify.ts';
import { placeOf } from '../xml/place.ts';
import { agreeing, type Part } from './agreement.ts';
import { checksOf, isProtected } from './answer/checks.ts';
import type { Seen } from './answer/seen.ts';
import { documentOf } from './document.ts';
import type { Evidence, Explained, ExplainedCause } from './explained.ts';
import type { Subject } from './hypothesis.ts';
import { likely } from './likely.ts';
import { causesOfForm } from './made/value-forms.ts';
import { differenceMade, differenceOf, type Hide } from './octets/difference.ts';
import { type Opinion, toldOpinion } from './opinion/opinion.ts';
import { partsOf, type Telling } from './parts.ts';
import { readingsOf } from './readings.ts';
import { causeOfRefusal } from './refusal.ts';
import type { Surroundings } from './rules/rule.ts';
import { type Outcome, type Proof, search } from './search.ts';
import { type KnownKey, type SignatureFinding, searchSignature } from './signed/search.ts';
import { subjectOfReference, subjectOfSignedInfo } from './subject.ts';

const differing = (signed: Buffer | undefined, { octets }: Subject, hide: Hide | undefined): Evidence => {
  const difference = signed && differenceOf(signed, octets, hide);
  return difference ? { difference } : {};
};

/** What one of the causes did to the octets; nothing where it is told by another, or did nothing to them. */
const madeBy = (
  place: number,
  { octets, steps }: Proof,
  subject: Subject,
  hide: Hide | undefined,
): Evidence => {
  if (steps === undefined) return place === 0 ? differing(octets, subject, hide) : {};
  const step = steps[place];
  const difference = step && differenceMade(step, { signed: octets, arrived: subject.octets }, hide);
  return difference ? { difference } : {};
};

/** Why the digest of a reference is wrong. */
const digestCauses = (
  subject: Subject,
  { proof, trials, cut }: Outcome,
  { target }: ResolvedReference,
  { hide, operations = [] }: Pick<Explaining, 'hide' | 'operations'>,
  sound: boolean,
): ExplainedCause[] => {
  const where = [placeOf(target)];
  if (!proof)
    return likely(target, operations, sound).map((cause) => ({
      ...cause,
      certain: false,
      where,
      evidence: { trials, cut },
    }));
  return proof.causes.map((cause, place) => ({
    ...cause,
    certain: true,
    where,
    evidence: { ...madeBy(place, proof, subject, hide), trials },
  }));
};

const signatureCauses = (
  { causes, certain, how, octets }: SignatureFinding,
  subject: Subject,
  hide: Hide | undefined,
): ExplainedCause[] =>
  causes.map((cause, place) => ({
    ...cause,
    certain,
    where: [placeOf(subject.element)],
    // The others are of how the value was made of the octets.
    evidence: {
      ...(place === causes.length - 1 ? differing(octets, subject, hide) : {}),
      ...(how ? { how: how.map((one) => one.cause) } : {}),
    },
  }));

/** The same cause at several places is one. */
const together = (all: readonly ExplainedCause[]): ExplainedCause[] => {
  const found = new Map<string, ExplainedCause>();
  for (const one of all) {
    const before = found.get(one.cause);
    found.set(
      one.cause,
      before ? { ...before, where: [...new Set([...(before.where ?? []), ...(one.where ?? [])])] } : one,
    );
  }
  return [...found.values()];
};

/** What changed the whole message is told by its own name, that SignedInfo suffered too comes after it. */
const inOrder = (
  refusals: readonly ExplainedCause[],
  signature: readonly ExplainedCause[],
  digests: readonly ExplainedCause[],
): ExplainedCause[] => {
  const suffered = signature.filter(({ cause }) => cause === 'signed-info-changed');
  const others = signature.filter((one) => !suffered.includes(one));
  const proved = digests.filter(({ certain }) => certain);
  const all = [...others, ...proved, ...suffered, ...digests];
  return together([...refusals, ...all.filter(({ certain }) => certain), ...all]);
};

export interface Explaining
  extends Telling,
    Partial<Pick<Surroundings, 'headers' | 'arrived' | 'operations' | 'authorities'>> {
  readonly profile: Profile;
  /** The message as it arrived. */
  readonly message: Buffer;
  /** Keys of others, one of which may have signed. */
  readonly known: readonly KnownKey[];
  /** What else is seen of it; undefined: it is a request. */
  readonly seen?: Seen;
  /** What another library says. */
  readonly opinion: Opinion;
}

/** What is looked at to tell what a refusal came of. */
export const surroundingsOf = (
  anatomy: Anatomy,
  { message, now, headers = {}, arrived = false, operations = [], authorities = [] }: Explaining,
): Surroundings => ({
  message,
  headers,
  document: anatomy.envelope.document,
  anatomy,
  now,
  arrived,
  operations,
  authorities,
});

function* cryptography(
  anatomy: Anatomy,
  explaining: Explaining,
  report: SecurityReport,
): Generator<void, Pick<Parts, 'signature' | 'digests'>> {
  const { certificate, references } = report;
  const signature = anatomy.signature();
  const found: { signature: ExplainedCause[]; digests: ExplainedCause[] } = { signature: [], digests: [] };
  if (isProblem(signature)) return found;
  const method = signatureMethods.get(signature.signatureMethod);
  const signedInfo = subjectOfSignedInfo(anatomy, signature, explaining.message);
  if (report.signature?.right === false && method && certificate && signedInfo) {
    const finding = yield* searchSignature(
      signedInfo,
      signature.value,
      method,
      certificate.publicKey,
      explaining.known,
    );
    found.signature = signatureCauses(finding, signedInfo, explaining.hide);
  }
  const right = report.signature?.right === true;
  const parts: (Part & { readonly resolved?: ResolvedReference })[] =
    right && signedInfo ? [{ subject: signedInfo, outcome: undefined }] : [];
  for (const { resolved, digest } of references) {
    if (!resolved || digest.right === null) continue;
    const subject = subjectOfReference(anatomy, resolved, certificate, explaining.message);
    const declared = digestMethods.get(resolved.digestMethod);
    if (!subject || !declared) continue;
    const outcome = digest.right ? undefined : yield* search(subject, readingsOf(resolved.digest, declared));
    parts.push({ subject, outcome, resolved });
  }
  const sound = right && references.some(({ digest }) => digest.right === true);
  found.digests = agreeing(parts).flatMap(({ subject, outcome, resolved }) =>
    outcome && resolved ? digestCauses(subject, outcome, resolved, explaining, sound) : [],
  );
  return found;
}

interface Parts {
  readonly refusals: readonly ExplainedCause[];
  readonly signature: readonly ExplainedCause[];
  readonly digests: readonly ExplainedCause[];
}

const REQUEST: Seen = { kind: 'request', recipient: undefined, operations: [], request: undefined };
/** What the form of a value may be refused as. */
const OF_FORM: ReadonlySet<string> = new Set(['security.signature-form', 'security.signature-value']);

/** Explains a message that was taken apart. A generator: it stops at every trial, and whoever runs it decides how long. */
export function* explainMessage(anatomy: Anatomy, explaining: Explaining): Generator<void, Explained> {
  const { profile, now, seen = REQUEST } = explaining;
  const report = reportMessage(anatomy, profile, now);
  yield;
  const problems = [...verdict(anatomy, profile, now)];
  yield;
  const { signature, digests } = yield* cryptography(anatomy, explaining, report);
  // What the search has said something about is told by that; everything else as the verdict saw it.
  const searched: Readonly<Record<string, boolean>> = {
    'security.signature-value': signature.length > 0,
    'security.digest': digests.length > 0,
  };
  const forms = causesOfForm(anatomy);
  const refusals = problems
    .filter(({ problem }) => !searched[problem] && !(forms.length > 0 && OF_FORM.has(problem)))
    .map((one) => causeOfRefusal(one, surroundingsOf(anatomy, explaining)));
  const [first] = problems;
  const unprotected = seen.kind !== 'request' && !isProtected(anatomy);
  return documentOf({
    message: seen.kind,
    verdict: unprotected ? 'not judged' : first ? 'refused' : 'accepted',
    profile: profile.name,
    problem: unprotected || !first ? null : first.problem,
    causes: unprotected || !first ? [] : inOrder([...forms, ...refusals], signature, digests),
    ...partsOf(anatomy, explaining, report),
    checks: checksOf(anatomy, seen, {
      report,
      problems,
      known: explaining.known,
      believed: !isProblem(anatomy.signer(now, profile.minimumKeyBits)),
    }),
    secondOpinion: toldOpinion(explaining.opinion, anatomy, report, problems),
    warnings: isProblem(report.verdict) ? [] : report.verdict.warnings,
  });
}
