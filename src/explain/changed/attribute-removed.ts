// An attribute was taken away that tools write, or drop, by themselves.

import type { Change } from '../hypothesis.ts';
import { type Pair, replaced, type Start, type Tokens } from '../octets/tokens.ts';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const TYPES = ['string', 'int', 'boolean', 'dateTime'];
/** How many elements are tried. */
const MOST = 40;

interface Former {
  readonly attribute: Pair;
  /** What its name and its value use. */
  readonly declarations: readonly Pair[];
}

const xsi: Pair = ['xmlns:xsi', XSI];
const FORMER: readonly Former[] = [
  ...['xsd', 'xs'].flatMap((prefix) =>
    // The prefix in a value is no use of it: the exclusive form does not declare it.
    TYPES.map((type): Former => ({ attribute: ['xsi:type', `${prefix}:${type}`], declarations: [xsi] })),
  ),
  { attribute: ['xsi:nil', 'false'], declarations: [xsi] },
  { attribute: ['xml:space', 'preserve'], declarations: [] },
  { attribute: ['xml:lang', 'nb'], declarations: [] },
  { attribute: ['xml:lang', 'da'], declarations: [] },
];

const byName = ([one]: Pair, [other]: Pair): number => (one < other ? -1 : 1);

/** What the exclusive form declares on the element, where it is not declared around it. */
const withAttribute = (tokens: Tokens, at: number, token: Start, former: Former): Tokens => {
  const known = new Set<string>();
  let depth = 0;
  // From the element outwards: what is open there declares.
  for (let index = at; index >= 0; index -= 1) {
    const one = tokens[index];
    if (one?.kind === 'end') depth += 1;
    if (one?.kind !== 'start') continue;
    if (index === at || depth === 0) for (const [name] of one.declarations) known.add(name);
    else depth -= 1;
  }
  const fresh = former.declarations.filter(([name]) => !known.has(name));
  return replaced(tokens, at, {
    ...token,
    declarations: [...token.declarations, ...fresh].sort(byName),
    // Attributes of a namespace come behind those of none.
    attributes: [...token.attributes, former.attribute],
  });
};

export const attributeRemoved: Change = {
  cause: 'attribute-removed',
  sentence:
    'an attribute was taken away after the message was signed (xsi:type, xsi:nil, xml:space, xml:lang)',
  why: 'A step behind the signer drops attributes that it takes for defaults or does not know.',
  rule: 'XML Signature §4.4.3: attributes of what is signed count',
  remedy: 'let nothing behind the signer parse the message and write it anew without what it does not know',
  *undo(tokens) {
    let tried = 0;
    for (const [at, token] of tokens.entries()) {
      if (token.kind !== 'start') continue;
      tried += 1;
      if (tried > MOST) return;
      for (const former of FORMER)
        if (token.attributes.every(([name]) => name !== former.attribute[0]))
          yield withAttribute(tokens, at, token, former);
    }
  },
};
