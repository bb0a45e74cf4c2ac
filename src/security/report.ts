// A message's anatomy told for people, part by part, with the verdict that the emulator would give.

import { hash } from 'node:crypto';
import { shortened } from '../kernel/brief.ts';
import { isProblem, type Problem } from '../kernel/problem.ts';
import { placeOf } from '../xml/place.ts';
import { algorithms, digestMethods } from './algorithms.ts';
import type { Anatomy } from './anatomy.ts';
import type { ResolvedReference } from './coverage.ts';
import { verifySignatureValue } from './digests.ts';
import type { SecurityProblem } from './problems.ts';
import { shortName } from './profiles/describe.ts';
import type { Profile } from './profiles/profile.ts';
import type { Method, Reference } from './signature.ts';
import type { Certificate } from './trust/certificate.ts';
import { type VerifiedMessage, verifyMessage } from './verify.ts';

/** Whether something is right; null: nothing could be held against it, since an algorithm, a form or a key is not there. */
export type Right = boolean | null;

/** What was found at one reference of the signature. */
export interface ReferenceReport {
  readonly uri: string;
  /** Where its target stands, as element names from the Envelope down; null: it leads nowhere. */
  readonly element: string | null;
  /** As written; empty: none is. */
  readonly transforms: readonly Method[];
  readonly digest: {
    /** The short name. */
    readonly method: string;
    /** Base64. */
    readonly declared: string;
    readonly found: string | null;
    readonly right: Right;
  };
  /** What the digest is of. */
  readonly octets: Buffer | undefined;
  /** Undefined: it leads nowhere. */
  readonly resolved: ResolvedReference | undefined;
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
  /** Undefined: there is none that can be read. */
  readonly signature:
    | {
        /** The short name. */
        readonly method: string;
        readonly right: Right;
        /** Of SignedInfo. */
        readonly octets: Buffer | undefined;
      }
    | undefined;
  /** Of the key that was tried; undefined: nobody’s could be found. */
  readonly certificate: Certificate | undefined;
}

const LONGEST = 200;

/** The transforms as they are written, in order. */
const transformsOf = ({ enveloped, dereferenced, transform }: Reference): Method[] => [
  ...(enveloped ? [{ algorithm: algorithms.enveloped, prefixes: [] }] : []),
  ...(dereferenced ? [{ algorithm: algorithms.strTransform, prefixes: [] }] : []),
  ...(transform ? [{ ...transform, algorithm: shortened(transform.algorithm, LONGEST) }] : []),
];

const elementOf = ({ target, dereferenced }: ResolvedReference): string =>
  placeOf(target) + (dereferenced ? ' (the token that it names)' : '');

const withoutProblem = <Value>(value: Value | Problem): Value | undefined =>
  isProblem(value) ? undefined : value;

const reportReference = (
  anatomy: Anatomy,
  reference: Reference,
  resolved: ResolvedReference | undefined,
  certificate: Certificate | undefined,
): ReferenceReport => {
  const octets = resolved && withoutProblem(anatomy.octets(resolved, certificate));
  const name = digestMethods.get(reference.digestMethod);
  const found = octets && name ? hash(name, octets, 'buffer') : undefined;
  return {
    uri: shortened(`#${reference.id}`, LONGEST),
    element: resolved ? elementOf(resolved) : null,
    transforms: transformsOf(reference),
    digest: {
      method: shortened(shortName(reference.digestMethod), LONGEST),
      declared: shortened(reference.digest.toString('base64'), LONGEST),
      found: found?.toString('base64') ?? null,
      right: found ? found.equals(reference.digest) : null,
    },
    octets,
    resolved,
  };
};

const reportReferences = (anatomy: Anatomy, certificate: Certificate | undefined): ReferenceReport[] => {
  const signature = anatomy.signature();
  if (isProblem(signature)) return [];
  const coverage = anatomy.coverage();
  return signature.references.map((reference, index) => {
    const found = isProblem(coverage) ? undefined : coverage.references[index];
    return reportReference(anatomy, reference, withoutProblem(found), certificate);
  });
};

const reportSignature = (
  anatomy: Anatomy,
  certificate: Certificate | undefined,
): SecurityReport['signature'] => {
  const signature = anatomy.signature();
  if (isProblem(signature)) return undefined;
  const problem = certificate && verifySignatureValue(anatomy, signature, certificate)?.problem;
  const tried = certificate && (problem === undefined || problem === 'security.signature-value');
  return {
    method: shortened(shortName(signature.signatureMethod), LONGEST),
    right: tried ? problem === undefined : null,
    octets: withoutProblem(anatomy.signedInfo()),
  };
};

/** What the signature is made over, as far as it has a canonical form: the references in order, then SignedInfo. */
export const octetsIn = ({ references, signature }: SecurityReport): SignedOctets[] =>
  [
    ...references.map(({ resolved, octets }) => ({
      of: resolved?.dereferenced ? 'BinarySecurityToken' : (resolved?.target.name ?? ''),
      octets,
    })),
    { of: 'SignedInfo', octets: signature?.octets },
  ].flatMap(({ of, octets }) => (octets ? [{ of, octets }] : []));

/**
 * Judges a message as the emulator would, and says besides what is right and wrong with each part.
 *
 * @param now milliseconds since 1970
 */
export const reportMessage = (anatomy: Anatomy, profile: Profile, now: number): SecurityReport => {
  const verdict = verifyMessage(anatomy, profile, now);
  // Whose key to try: the signer's, or where nobody is to be believed, that of the certificate which the message means.
  const signer = anatomy.signer(now, profile.minimumKeyBits);
  const certificate = isProblem(signer) ? anatomy.claimed() : signer.certificate;
  return {
    verdict,
    references: reportReferences(anatomy, certificate),
    signature: reportSignature(anatomy, certificate),
    certificate,
  };
};
