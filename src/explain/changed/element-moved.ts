// Elements changed places inside of what was signed.

import type { Change } from '../hypothesis.ts';
import { elementsBelow, endOf, type Tokens } from '../octets/tokens.ts';

/** Between how many elements of one parent every move is tried. */
const MOST = 12;

/** The children of one parent, each from its start to its end. */
const siblings = (tokens: Tokens, parent: number): (readonly [number, number])[] => {
  const found: (readonly [number, number])[] = [];
  const last = endOf(tokens, parent);
  for (let at = parent + 1; at < last; at += 1) {
    if (tokens[at]?.kind !== 'start') continue;
    const end = endOf(tokens, at);
    found.push([at, end]);
    at = end;
  }
  return found;
};

export const elementMoved: Change = {
  cause: 'element-moved',
  sentence: 'elements were put in another order after the message was signed',
  rule: 'XML Signature §4.4.3: the order of elements counts',
  remedy: 'let the order be settled before the message is signed',
  *undo(tokens) {
    for (const [parent] of [[0, 0] as const, ...elementsBelow(tokens)]) {
      const all = siblings(tokens, parent);
      if (all.length > MOST) continue;
      for (const [from, to] of all) {
        const moved = tokens.slice(from, to + 1);
        for (const [start, end] of all) {
          if (start > from)
            yield [
              ...tokens.slice(0, from),
              ...tokens.slice(to + 1, end + 1),
              ...moved,
              ...tokens.slice(end + 1),
            ];
          else if (start < from)
            yield [
              ...tokens.slice(0, start),
              ...moved,
              ...tokens.slice(start, from),
              ...tokens.slice(to + 1),
            ];
        }
      }
    }
  },
};
