// A message's anatomy told for people, part by part, with the verdict that the emulator would give.

import { isProblem, type Problem } from '../kernel/problem.ts';
import { placeOf } from '../xml/place.ts';
import type { Anatomy } from './anatomy.ts';
import { type ResolvedReference, resolvedIn } from './coverage.ts';
import { verifyDigest, verifySignatureValue } from './digests.ts';
import type { SecurityProblem } from './problems.ts';
import type { Profile } from './profiles/profile.ts';
import type { Certificate } from './trust/certificate.ts';
import { type VerifiedMessage, verifyMessage } from './verify.ts';

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
  /** What holds of the message when its tree is gone. */
  readonly verdict: Pick<VerifiedMessage, 'signer' | 'warnings'> | Problem<SecurityProblem>;
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

/** Right, wrong, or nothing that could be held against it. */
const outcome = (
  problem: Problem<SecurityProblem> | undefined,
  wrong: SecurityProblem,
): 'right' | 'wrong' | undefined =>
  problem === undefined ? 'right' : problem.problem === wrong ? 'wrong' : undefined;

const reportReference = (
  anatomy: Anatomy,
  reference: ResolvedReference,
  certificate: Certificate | undefined,
): ReferenceReport => ({
  id: reference.id,
  position: placeOf(reference.target) + (reference.dereferenced ? ' (the token that it names)' : ''),
  digestMethod: reference.digestMethod,
  transform: reference.transform?.algorithm,
  digest: outcome(verifyDigest(anatomy, reference, certificate), 'security.digest'),
});

const octetsOf = (
  { octets, signedInfo }: Anatomy,
  references: readonly ResolvedReference[],
  certificate: Certificate | undefined,
): SignedOctets[] =>
  [
    ...references.map((reference) => ({
      of: reference.dereferenced ? 'BinarySecurityToken' : reference.target.name,
      octets: octets(reference, certificate),
    })),
    { of: 'SignedInfo', octets: signedInfo() },
  ].flatMap(({ of, octets: content }) => (isProblem(content) ? [] : [{ of, octets: content }]));

/**
 * Judges a message as the emulator would, and says besides what is right and wrong with each part.
 *
 * @param now milliseconds since 1970
 */
export const reportMessage = (anatomy: Anatomy, profile: Profile, now: number): SecurityReport => {
  const verdict = verifyMessage(anatomy, profile, now);
  const signature = anatomy.signature();
  const coverage = anatomy.coverage();
  // Whose key to try: the signer's, or where nobody is to be believed, that of the certificate which the message means.
  const signer = anatomy.signer(now, profile.minimumKeyBits);
  const certificate = isProblem(signer) ? anatomy.claimed() : signer.certificate;
  const references = isProblem(coverage) ? [] : resolvedIn(coverage);
  return {
    verdict,
    references: references.map((reference) => reportReference(anatomy, reference, certificate)),
    octets: octetsOf(anatomy, references, certificate),
    signatureMethod: isProblem(signature) ? undefined : signature.signatureMethod,
    signatureValue:
      certificate && !isProblem(signature)
        ? outcome(verifySignatureValue(anatomy, signature, certificate), 'security.signature-value')
        : undefined,
    signer: certificate && {
      subject: certificate.subject,
      issuer: certificate.issuer,
      organisation: certificate.organisation?.number,
    },
  };
};
