// An element was put into what was signed.

import type { Change } from '../hypothesis.ts';
import { elementsBelow, isLayout } from '../octets/tokens.ts';

export const elementAdded: Change = {
  cause: 'element-added',
  sentence: 'an element was added after the message was signed',
  why: 'A step behind the signer adds something of its own: a tracing header, an empty element, a default.',
  rule: 'XML Signature §4.4.3: everything inside of what is signed counts',
  remedy: 'let everything that adds to the message run before the signer',
  *undo(tokens) {
    for (const [from, to] of elementsBelow(tokens)) {
      yield [...tokens.slice(0, from), ...tokens.slice(to + 1)];
      if (isLayout(tokens, from - 1)) yield [...tokens.slice(0, from - 1), ...tokens.slice(to + 1)];
    }
  },
};
