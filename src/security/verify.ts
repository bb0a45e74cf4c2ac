// The verdict on a signed message, top to bottom: each step is a file, this is their order.
//
//   header ─ timestamp ─ signature (key-reference) ─ allowed ─ coverage ─ signer (token, trust/) ─ digests
//
// What is asked at each step is data: profiles/. What the message holds is its anatomy. Whether its signature was seen before is
// the store's to say: here is only by which key. The way back is in answers/; protection.ts joins the two.

import type { XmlElement } from 'libxml2-wasm';
import type { Problem } from '../kernel/problem.ts';
import { judgeAlgorithms } from './allowed.ts';
import type { Anatomy } from './anatomy.ts';
import { type Coverage, judgeCoverage, type Part, type ResolvedReference, resolvedIn } from './coverage.ts';
import { verifyDigest, verifySignatureValue } from './digests.ts';
import { judgeKeyReference } from './key-reference.ts';
import { type Once, onceKey } from './once.ts';
import type { SecurityProblem } from './problems.ts';
import type { Profile } from './profiles/profile.ts';
import { profiles } from './profiles/profiles.ts';
import type { Signature } from './signature.ts';
import type { Signer } from './signer.ts';
import { judgeTimestamp, lastMoment, type Timestamp } from './timestamp.ts';
import { judgePolicy } from './trust/fitness.ts';

/** A message that may be believed. Only `payload` was signed for certain; nothing else of it is handed on. */
export interface VerifiedMessage {
  /** The Body's child: the signed Body by identity and position, or, under the profile `none`, the only Body. */
  readonly payload: XmlElement;
  readonly signer: Signer | undefined;
  readonly signatureValue: Buffer | undefined;
  /** Of the further elements that the Security header may hold, those that were there; each was signed. */
  readonly further: readonly XmlElement[];
  /** What to remember, so that it is not accepted twice; undefined: the profile takes replays. */
  readonly once: Once | undefined;
  /** What the profile let pass and `strict` would have refused. */
  readonly warnings: readonly Problem<SecurityProblem>[];
}

type Refusal = Problem<SecurityProblem>;

/** What a message says about its own protection, before any of it is believed; undefined: it cannot be read. */
interface Claims {
  readonly signature: Signature;
  readonly timestamp: Timestamp | undefined;
  readonly references: readonly ResolvedReference[] | undefined;
  readonly parts: readonly Part[];
}

const UNSIGNED = {
  signer: undefined,
  signatureValue: undefined,
  further: [],
  once: undefined,
  warnings: [],
} as const;

/** What can be judged by nothing but the claims, in order; used for the profile and, for warnings, for `strict`. */
const judgements: readonly ((claims: Claims, profile: Profile, now: number) => readonly Refusal[])[] = [
  ({ signature }, profile) => judgeKeyReference(signature.keyReference, profile),
  ({ signature }, profile) => judgeAlgorithms(signature, profile),
  ({ timestamp }, profile, now) => (timestamp ? judgeTimestamp(timestamp, profile, now) : []),
  ({ references, parts }, profile) => (references ? judgeCoverage(references, parts, profile) : []),
];

const strictly = (claims: Claims, signer: Signer, now: number): Refusal[] => {
  const policy = judgePolicy(signer.certificate, profiles.strict);
  const claimed = judgements.flatMap((judgement) => judgement(claims, profiles.strict, now));
  return policy ? [...claimed, policy] : claimed;
};

/** A problem that nothing more can be said after. */
function* alone(problem: Refusal): Generator<Refusal, Refusal> {
  yield problem;
  return problem;
}

/** What keeps the signature from leading anywhere: its token first, then each reference. */
const unresolvedIn = (coverage: Coverage | Refusal): readonly Refusal[] => {
  if ('problem' in coverage) return [coverage];
  const { misled, references } = coverage;
  const unresolved = references.filter((one) => 'problem' in one);
  return misled ? [misled, ...unresolved] : unresolved;
};

/** Undefined: not all of them lead anywhere, so that nobody can say what is signed. */
const wholeOf = (coverage: Coverage | Refusal): readonly ResolvedReference[] | undefined => {
  if ('problem' in coverage) return undefined;
  const resolved = resolvedIn(coverage);
  return resolved.length === coverage.references.length ? resolved : undefined;
};

/** What is wrong, in order; and in the end the message, which may be believed only where nothing was wrong before. */
function* judge(
  anatomy: Anatomy,
  profile: Profile,
  now: number,
): Generator<Refusal, VerifiedMessage | Refusal> {
  const { payload } = anatomy.envelope;
  if (!profile.required) return { payload, ...UNSIGNED };

  const header = anatomy.header();
  if ('problem' in header) return yield* alone(header);
  const timestamp = anatomy.timestamp();
  if ('problem' in timestamp) yield timestamp;
  const signature = anatomy.signature();
  if ('problem' in signature) return yield* alone(signature);
  const coverage = anatomy.coverage();
  for (const problem of unresolvedIn(coverage)) yield problem;

  const claims: Claims = {
    signature,
    timestamp: 'problem' in timestamp ? undefined : timestamp,
    references: wholeOf(coverage),
    parts: anatomy.parts(),
  };
  let allowed = true;
  for (const judgement of judgements) {
    for (const problem of judgement(claims, profile, now)) {
      if (problem.problem === 'security.algorithm') allowed = false;
      yield problem;
    }
  }

  const signer = anatomy.signer(now, profile.minimumKeyBits);
  const misled = 'problem' in coverage ? coverage : coverage.misled;
  if ('problem' in signer && signer !== misled) yield signer;
  const certificate = 'problem' in signer ? anatomy.claimed() : signer.certificate;
  const unfit = certificate && judgePolicy(certificate, profile);
  if (unfit) yield unfit;
  // No key is touched by a method that the profile does not take.
  const wrong = certificate && allowed && verifySignatureValue(anatomy, signature, certificate);
  if (wrong) yield wrong;
  for (const reference of (certificate && allowed && claims.references) || []) {
    const changed = verifyDigest(anatomy, reference, certificate);
    if (changed) yield changed;
  }

  if ('problem' in timestamp) return timestamp;
  if ('problem' in signer) return signer;
  return {
    payload,
    signer,
    signatureValue: signature.value,
    further: header.further,
    once: profile.replay
      ? {
          key: onceKey(signer.certificate.publicKey, signature.value),
          until: lastMoment(timestamp, profile),
        }
      : undefined,
    warnings: profile.name === 'strict' ? [] : strictly(claims, signer, now),
  };
}

/**
 * Everything that is wrong with a message by a profile, in the order in which it is looked at. Each is found when it is asked
 * for: who wants the first only has the work of the first only.
 *
 * What cannot be told because of something before is left out: nothing is said of what is signed where a reference leads
 * nowhere. Of a certificate that is not to be believed it is still said whether the signature is by its key.
 *
 * @param now milliseconds since 1970
 */
export function* verdict(anatomy: Anatomy, profile: Profile, now: number): Generator<Refusal, void> {
  yield* judge(anatomy, profile, now);
}

/**
 * Verifies a message: the first problem of the verdict, or what may be believed.
 *
 * @param now milliseconds since 1970
 */
export const verifyMessage = (anatomy: Anatomy, profile: Profile, now: number): VerifiedMessage | Refusal =>
  judge(anatomy, profile, now).next().value;
