// The signer hashed the whole message, as it was before the signature came into it.

import type { Making } from '../hypothesis.ts';
import { elementsBelow, textOf, tokensOf } from '../octets/tokens.ts';

/** What the signer may have put in afterwards, by local names. */
const ADDED = /^(?:[^:]+:)?(?:Signature|Security|Header)$/;

export const digestOfDocument: Making = {
  cause: 'digest-of-document',
  sentence:
    'the digest is of the whole document before the signature came into it, not of the element that the Reference names',
  why: 'The signer hashes the whole document, while the reference names one element.',
  rule: 'XML Signature §4.4.3.2: URI="#…" names one element',
  remedy: 'look the element up by its Id and hash that',
  *octets({ element, ofElement }) {
    let root = element;
    while (root.parent) root = root.parent;
    const whole = ofElement(root);
    if (!whole) return;
    const tokens = tokensOf(whole.toString('utf8'));
    for (const [from, to] of elementsBelow(tokens)) {
      const token = tokens[from];
      if (token?.kind === 'start' && ADDED.test(token.name))
        yield Buffer.from(textOf([...tokens.slice(0, from), ...tokens.slice(to + 1)]));
    }
  },
};
