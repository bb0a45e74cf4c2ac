// The way of a signed message through security, top to bottom: each step is a file, this is their order.
//
//   header ─ timestamp ─ signature (key-reference) ─ allowed ─ coverage ─ signer (token, trust/) ─ digests ─ replay
//
// What is asked at each step is data: profiles/. The way back is in answers/; protection.ts joins the two.

import type { XmlElement } from 'libxml2-wasm';
import { isProblem, type Problem, type QName } from '../kernel/problem.ts';
import type { Envelope } from '../soap/envelope.ts';
import { printQName, qnameOf } from '../xml/tree.ts';
import { judgeAlgorithms } from './allowed.ts';
import { type Coverage, judgeCoverage, type Part, resolveReferences } from './coverage.ts';
import { verifyDigests, verifySignatureValue } from './digests.ts';
import { readSecurityHeader, type SecurityHeader } from './header.ts';
import { judgeKeyReference } from './key-reference.ts';
import type { SecurityProblem } from './problems.ts';
import type { Profile } from './profiles/profile.ts';
import { profiles } from './profiles/profiles.ts';
import type { ReplayCache } from './replay.ts';
import { readSignature, type Signature } from './signature.ts';
import type { Signer, SignerCache } from './signer.ts';
import { judgeTimestamp, lastMoment, readTimestamp, type Timestamp } from './timestamp.ts';
import { judgePolicy } from './trust/fitness.ts';

/** A message that may be believed. Only `payload` was signed for certain; nothing else of it is handed on. */
export interface VerifiedMessage {
  /** The Body's child: the signed Body by identity and position, or, under the profile `none`, the only Body. */
  readonly payload: XmlElement;
  readonly signer: Signer | undefined;
  readonly signatureValue: Buffer | undefined;
  /** Of the further elements that the Security header may hold, those that were there; each was signed. */
  readonly further: readonly XmlElement[];
  /** What the profile let pass and `strict` would have refused. */
  readonly warnings: readonly Problem<SecurityProblem>[];
}

export interface SecurityContext {
  readonly signers: SignerCache;
  readonly replay: ReplayCache;
  /** Milliseconds since 1970 by the security hand of the clock. */
  readonly now: number;
}

/** What a message says about its own protection, before any of it is believed. */
interface Claims {
  readonly signature: Signature;
  readonly timestamp: Timestamp;
  readonly coverage: Coverage;
  readonly parts: readonly Part[];
}

type Refusal = Problem<SecurityProblem>;

const partsOf = (envelope: Envelope, header: SecurityHeader, processed: readonly QName[]): Part[] => [
  { label: 'wsu:Timestamp', element: header.timestamp, always: true },
  { label: 'soap:Body', element: envelope.body, always: true },
  ...header.further.map((element) => ({ label: printQName(qnameOf(element)), element, always: true })),
  ...envelope.blocks
    .filter(({ element }) =>
      processed.some(({ namespace, name }) => element.name === name && element.namespaceUri === namespace),
    )
    .map(({ element }) => ({ label: printQName(qnameOf(element)), element, always: false })),
];

/** The judgements that need nothing but the claims, in order; used for the profile and, for warnings, for `strict`. */
const judgements: readonly ((claims: Claims, profile: Profile, now: number) => Refusal[])[] = [
  ({ signature }, profile) => judgeKeyReference(signature.keyReference, profile),
  ({ signature }, profile) => judgeAlgorithms(signature, profile),
  ({ timestamp }, profile, now) => judgeTimestamp(timestamp, profile, now),
  ({ coverage, parts }, profile) => judgeCoverage(coverage, parts, profile),
];

/**
 * Verifies a message.
 *
 * @param processed the header blocks, besides Security, that the service takes notice of
 * @param further elements that the Security header may hold besides, each of them signed
 */
export const verifyMessage = (
  envelope: Envelope,
  processed: readonly QName[],
  profile: Profile,
  { signers, replay, now }: SecurityContext,
  further: readonly QName[] = [],
): VerifiedMessage | Refusal => {
  if (!profile.required) {
    const unsigned = { signer: undefined, signatureValue: undefined, further: [], warnings: [] };
    return { payload: envelope.payload, ...unsigned };
  }

  const header = readSecurityHeader(envelope, further);
  if (isProblem(header)) return header;
  const timestamp = readTimestamp(header.timestamp);
  if (isProblem(timestamp)) return timestamp;
  const signature = readSignature(header.signature);
  if (isProblem(signature)) return signature;
  const coverage = resolveReferences(envelope.document, signature, header.token);
  if (isProblem(coverage)) return coverage;

  const claims: Claims = { signature, timestamp, coverage, parts: partsOf(envelope, header, processed) };
  for (const judge of judgements) {
    const [problem] = judge(claims, profile, now);
    if (problem) return problem;
  }

  const signer = signers.identify(signature.keyReference, header.token, now, profile.minimumKeyBits);
  if (isProblem(signer)) return signer;
  const refused =
    judgePolicy(signer.certificate, profile) ??
    verifySignatureValue(envelope.document, signature, signer) ??
    verifyDigests(envelope.document, coverage, signer.certificate.der) ??
    (profile.replay ? replay.admit(signer, signature, now, lastMoment(timestamp, profile)) : undefined);
  if (refused) return refused;

  const warnings = profile.name === 'strict' ? [] : strictly(claims, signer, now);
  return {
    payload: envelope.payload,
    signer,
    signatureValue: signature.value,
    further: header.further,
    warnings,
  };
};

const strictly = (claims: Claims, signer: Signer, now: number): Refusal[] => [
  ...judgements.flatMap((judge) => judge(claims, profiles.strict, now)),
  ...[judgePolicy(signer.certificate, profiles.strict)].filter((problem) => problem !== undefined),
];
