// An element got an attribute after it was signed.

import type { Change } from '../hypothesis.ts';
import { withoutAttribute } from './attributes.ts';

export const attributeAdded: Change = {
  cause: 'attribute-added',
  sentence: 'an attribute was added after the message was signed',
  why: 'A library behind the signer writes attributes that were not there: xsi:type, encodingStyle, a second Id.',
  rule: 'XML Signature §4.4.3: attributes of what is signed count',
  remedy: 'let everything that adds attributes (Ids, xsi:type, tracing) run before the signer',
  *undo(tokens) {
    for (const [at, token] of tokens.entries()) {
      if (token.kind !== 'start') continue;
      for (const index of token.attributes.keys()) yield* withoutAttribute(tokens, at, index);
    }
  },
};
