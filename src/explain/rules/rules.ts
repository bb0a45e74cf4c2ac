// All that a refusal may have come of, in the order in which it is looked at: of several that fit the first is told.

import { byteRules } from './bytes.ts';
import { certificateRules } from './certificate.ts';
import { envelopeRules, twoOfOne } from './envelope.ts';
import { mtom } from './mtom.ts';
import { wrongNamespace } from './namespaces.ts';
import { elementMisplaced } from './places.ts';
import type { Rule } from './rule.ts';
import { schemaRules } from './schema.ts';
import { signatureRules } from './signature.ts';
import { timeRules } from './time.ts';
import { tokenRules } from './token.ts';

/** By what they are about, in the order of the pages. */
export const ruleGroups = {
  message: [
    mtom,
    ...byteRules,
    wrongNamespace,
    elementMisplaced,
    twoOfOne,
    ...tokenRules,
    ...envelopeRules,
    ...signatureRules,
  ],
  time: timeRules,
  certificate: certificateRules,
  schema: schemaRules,
} as const satisfies Readonly<Record<string, readonly Rule[]>>;

const byCode = new Map<string, Rule[]>();
for (const rule of Object.values(ruleGroups).flat())
  for (const code of rule.of) byCode.set(code, [...(byCode.get(code) ?? []), rule]);

/** Those that may be behind a refusal. */
export const rulesFor = (code: string): readonly Rule[] => byCode.get(code) ?? [];
