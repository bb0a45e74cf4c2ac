// The digest was made before the element got the Id by which it is referred to.

import type { Change } from '../hypothesis.ts';
import { replaced, type Token } from '../octets/tokens.ts';
import { withoutAttribute } from './attributes.ts';

const ID = /^(?:[^:]+:)?id$/i;

export const idSetAfterDigest: Change = {
  cause: 'id-set-after-digest',
  sentence: 'the digest was made before the element had its Id: the Id is part of what is signed',
  why: 'The digest is made first, and then the Id is written that the reference needs.',
  rule: 'XML Signature §4.4.3; WSS 1.1 §4',
  remedy: 'set the Id first, then make the digest',
  stacks: {
    PHP: 'call setAttributeNS for wsu:Id before addReference',
  },
  *undo(tokens) {
    const [root] = tokens;
    if (root?.kind !== 'start') return;
    for (const [index, [name]] of root.attributes.entries()) {
      if (!ID.test(name)) continue;
      for (const former of withoutAttribute(tokens, 0, index)) yield former as readonly Token[];
      yield replaced(tokens, 0, {
        ...root,
        attributes: root.attributes.map(([one, value], at) => [one, at === index ? '' : value] as const),
      });
    }
  },
};
