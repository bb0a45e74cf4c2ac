// The closed list of causes. A new one is a file, or a rule in one, and its line in a list.

import { changes } from './changed/changes.ts';
import type { Cause } from './hypothesis.ts';
import { elementRemoved, unexplained } from './likely.ts';
import { costly, forms, makings } from './made/makings.ts';
import { valueForms } from './made/value-forms.ts';
import { readingCauses } from './readings.ts';
import { ruleGroups } from './rules/rules.ts';
import { signatureCauses } from './signed/causes.ts';

/** By what they are about, in the order of the pages. */
export const causes = {
  changed: [...changes, elementRemoved],
  made: [
    ...forms,
    ...makings,
    ...costly,
    ...readingCauses,
    ...valueForms.filter(({ cause }) => cause.startsWith('digest')),
    unexplained,
  ],
  signed: [...signatureCauses, ...valueForms.filter(({ cause }) => cause.startsWith('signature'))],
  ...ruleGroups,
} as const satisfies Readonly<Record<string, readonly Cause[]>>;
