// A second opinion: what a library says that only checks the signature, and why that is another thing than our verdict.

import { isUtf8 } from 'node:buffer';
import { isProblem, type Problem } from '../../kernel/problem.ts';
import type { Anatomy } from '../../security/anatomy.ts';
import type { Profile } from '../../security/profiles/profile.ts';
import type { SecurityReport } from '../../security/report.ts';
import type { Certificate } from '../../security/trust/certificate.ts';
import { canonicalOctets } from '../../xml/canonical.ts';
import type { Explained } from '../explained.ts';
import { reasonOf } from './reasons.ts';

/** What is asked about: the message as text, its Signature as XML that stands by itself, the certificate as PEM. */
export interface Signed {
  readonly message: string;
  readonly signature: string;
  readonly certificate: string;
}

export interface Opinion {
  readonly says: 'valid' | 'invalid' | 'cannot say';
  readonly why: string;
}

/** In bytes, and in tags; what is larger takes such a library seconds. */
const LARGEST = 256 * 1024;
const MOST_TAGS = 4000;

const cannot = (why: string): Opinion => ({ says: 'cannot say', why });

/** The message as others are given it: as it came, or where it is not in UTF-8, as it was read. */
const textOf = ({ envelope: { document } }: Anatomy, message: Buffer): string =>
  isUtf8(message) ? message.toString('utf8').replace(/^\uFEFF/, '') : document.toString({ format: false });

/** The certificate whose key the verdict tried; where it came to none, the one that the message carries. */
const certificateOf = (
  anatomy: Anatomy,
  now: number,
  { minimumKeyBits }: Profile,
): Certificate | undefined => {
  const signer = anatomy.signer(now, minimumKeyBits);
  if (!isProblem(signer)) return signer.certificate;
  const carried = anatomy.carried();
  return anatomy.claimed() ?? (isProblem(carried) ? undefined : carried);
};

/**
 * What to ask, or why nothing can be asked.
 *
 * @param now milliseconds since 1970
 */
export const questionOf = (
  anatomy: Anatomy,
  message: Buffer,
  profile: Profile,
  now: number,
): Signed | Opinion => {
  const certificate = certificateOf(anatomy, now, profile);
  const header = anatomy.header();
  if (isProblem(header)) return cannot('there is no wsse:Security with one Signature to look at');
  if (!certificate) return cannot('there is no key to try: nobody knows the certificate');
  if (message.length > LARGEST) return cannot(`the message has more than ${LARGEST / 1024} KiB`);
  const form = { exclusive: true, comments: true, prefixes: [] };
  let signature: Buffer;
  try {
    signature = canonicalOctets(anatomy.envelope.document, header.signature, form);
  } catch {
    return cannot('the Signature has no canonical form');
  }
  const text = textOf(anatomy, message);
  if (text.split('<').length > MOST_TAGS) return cannot(`the message has more than ${MOST_TAGS} tags`);
  return {
    message: text,
    signature: signature.toString('utf8'),
    certificate: certificate.x509.toString(),
  };
};

/**
 * Tells the opinion, and where it differs from our verdict, why.
 *
 * @param problems all that is wrong by our verdict
 */
export const toldOpinion = (
  { says, why }: Opinion,
  anatomy: Anatomy,
  report: SecurityReport,
  problems: readonly Problem[],
): Explained['secondOpinion'] => {
  const reason = says === 'cannot say' ? undefined : reasonOf(says, anatomy, report, problems);
  return { 'xml-crypto': says, why: reason === undefined ? why : `${why}; ${reason}` };
};
