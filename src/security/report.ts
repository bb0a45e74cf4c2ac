// A message's protection told for people, part by part, even where the message would be refused at the first of them.

import { isProblem, type Problem, type QName } from '../kernel/problem.ts';
import type { Envelope } from '../soap/envelope.ts';
import { placeOf } from '../xml/place.ts';
import { type ResolvedReference, resolveReferences } from './coverage.ts';
import { verifyDigests, verifySignatureValue } from './digests.ts';
import { readSecurityHeader, type SecurityHeader } from './header.ts';
import { referenceOctets, signedInfoOctets } from './octets.ts';
import type { SecurityProblem } from './problems.ts';
import type { Profile } from './profiles/profile.ts';
import { readSignature, type Signature } from './signature.ts';
import type { Signer } from './signer.ts';
import { readToken } from './token.ts';
import { readCertificate } from './trust/certificate.ts';
import { type SecurityContext, type VerifiedMessage, verifyMessage } from './verify.ts';

/** What was found at one reference of the signature. */
export interface ReferenceReport {
  readonly id: string;
  /** Where its target stands, as element names from the Envelope down. */
  readonly position: string;
  readonly digestMethod: string;
  /** The canonicalization; undefined: none is written. */
  readonly transform: string | undefined;
  /** Undefined: it cannot be made, since the algorithm, the canonical form or the certificate is not there. */
  readonly digest: 'right' | 'wrong' | undefined;
}

/** The octets that a digest or the signature counts over. */
export interface SignedOctets {
  /** What they are of: `SignedInfo`, or the element’s name. */
  readonly of: string;
  readonly octets: Buffer;
}

export interface SecurityReport {
  readonly verdict: VerifiedMessage | Problem<SecurityProblem>;
  /** How far the message could be taken apart; empty where it could not. */
  readonly references: readonly ReferenceReport[];
  readonly signatureMethod: string | undefined;
  /** What the signature is made over, as far as it has a canonical form: the references in order, then SignedInfo. */
  readonly octets: readonly SignedOctets[];
  /** Undefined: nobody's key could be found to try, or the method is not known. */
  readonly signatureValue: 'right' | 'wrong' | undefined;
  readonly signer:
    | { readonly subject: string; readonly issuer: string; readonly organisation: string | undefined }
    | undefined;
}

type Unjudged = Omit<SecurityReport, 'verdict'>;
const NOTHING: Unjudged = {
  references: [],
  octets: [],
  signatureMethod: undefined,
  signatureValue: undefined,
  signer: undefined,
};

/** Right, wrong, or nothing that could be held against it. */
const outcome = (
  problem: Problem<SecurityProblem> | undefined,
  wrong: SecurityProblem,
): 'right' | 'wrong' | undefined =>
  problem === undefined ? 'right' : problem.problem === wrong ? 'wrong' : undefined;

const reportReference = (
  { document }: Envelope,
  reference: ResolvedReference,
  certificate: Buffer | undefined,
): ReferenceReport => ({
  id: reference.id,
  position: placeOf(reference.target) + (reference.dereferenced ? ' (the token that it names)' : ''),
  digestMethod: reference.digestMethod,
  transform: reference.transform?.algorithm,
  digest: outcome(verifyDigests(document, { references: [reference] }, certificate), 'security.digest'),
});

const octetsOf = (
  { document }: Envelope,
  signature: Signature,
  references: readonly ResolvedReference[],
  certificate: Buffer | undefined,
): SignedOctets[] =>
  [
    ...references.map((reference) => ({
      of: reference.dereferenced ? 'BinarySecurityToken' : reference.target.name,
      octets: referenceOctets(document, reference, certificate),
    })),
    { of: 'SignedInfo', octets: signedInfoOctets(document, signature) },
  ].flatMap(({ of, octets }) => (isProblem(octets) ? [] : [{ of, octets }]));

/** Whose key to try: any certificate that the message points at, trusted or not. */
const claimedSigner = (
  { token }: SecurityHeader,
  { keyReference }: Signature,
  { signers, now }: SecurityContext,
): Signer | undefined => {
  const der = token && readToken(token);
  const carried = der && !isProblem(der) ? readCertificate(der) : undefined;
  if (carried) return { certificate: carried, organisation: carried.organisation?.number ?? '' };
  const known =
    keyReference.kind === 'direct' ? undefined : signers.identify(keyReference, undefined, now, 0);
  return known && !isProblem(known) ? known : undefined;
};

const takeApart = (envelope: Envelope, further: readonly QName[], context: SecurityContext): Unjudged => {
  const header = readSecurityHeader(envelope, further);
  if (isProblem(header)) return NOTHING;
  const signature = readSignature(header.signature);
  if (isProblem(signature)) return NOTHING;
  const coverage = resolveReferences(envelope.document, signature, header.token);
  const signer = claimedSigner(header, signature, context);
  const der = signer?.certificate.der;
  const references = isProblem(coverage) ? [] : coverage.references;
  return {
    references: references.map((reference) => reportReference(envelope, reference, der)),
    octets: octetsOf(envelope, signature, references, der),
    signatureMethod: signature.signatureMethod,
    signatureValue:
      signer &&
      outcome(verifySignatureValue(envelope.document, signature, signer), 'security.signature-value'),
    signer: signer && {
      subject: signer.certificate.subject,
      issuer: signer.certificate.issuer,
      organisation: signer.certificate.organisation?.number,
    },
  };
};

/**
 * Judges a message as the emulator would, and says besides what is right and wrong with each part.
 *
 * @param further elements that the Security header may hold besides, each of them signed
 */
export const reportMessage = (
  envelope: Envelope,
  profile: Profile,
  context: SecurityContext,
  further: readonly QName[],
): SecurityReport => ({
  ...takeApart(envelope, further, context),
  verdict: verifyMessage(envelope, [], profile, context, further),
});
