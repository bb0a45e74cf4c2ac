// What is known of a message's protection besides why it is refused: references, signature, certificate, what is signed.

import type { Anatomy } from '../security/anatomy.ts';
import type { ReferenceReport, SecurityReport } from '../security/report.ts';
import { explainedCertificate, type ReadHolder } from './certificate.ts';
import { coverageOf } from './covered.ts';
import { shownOctets } from './document.ts';
import type { Explained, ExplainedReference } from './explained.ts';
import type { Hide } from './octets/difference.ts';

/** How the parts are told. */
export interface Telling {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What of the octets is hidden where they are shown; undefined: nothing. */
  readonly hide?: Hide | undefined;
  readonly readHolder: ReadHolder;
}

const explainedReference = (
  { uri, element, transforms, digest, octets }: ReferenceReport,
  hide: Hide | undefined,
): ExplainedReference => ({ uri, element, transforms, digest, octets: shownOctets(octets, hide) });

export const partsOf = (
  anatomy: Anatomy,
  { now, hide, readHolder }: Telling,
  { references, signature, certificate }: SecurityReport,
): Pick<Explained, 'references' | 'signature' | 'certificate' | 'coverage'> => ({
  references: references.map((one) => explainedReference(one, hide)),
  signature: signature ? { ...signature, octets: shownOctets(signature.octets, hide) } : null,
  certificate: certificate ? explainedCertificate(anatomy, certificate, now, readHolder) : null,
  coverage: coverageOf(anatomy),
});
