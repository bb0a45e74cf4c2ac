// The closed list of what can be proved of a digest or a signature that is wrong. A new cause is a file and its line in a list.

import { changes } from './changed/changes.ts';
import type { Cause } from './hypothesis.ts';
import { costly, makings } from './made/makings.ts';
import { readingCauses } from './readings.ts';
import { signatureCauses } from './signed/causes.ts';

/** By what they are about, in the order of the pages. */
export const causes = {
  changed: changes,
  made: [...makings, ...costly, ...readingCauses],
  signed: signatureCauses,
} as const satisfies Readonly<Record<string, readonly Cause[]>>;
