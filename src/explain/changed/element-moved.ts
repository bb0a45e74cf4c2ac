// Elements changed places inside of what was signed.

import type { Change } from '../hypothesis.ts';
import { type Span, type Spans, spansOf } from '../octets/tokens.ts';

/** Between how many elements of one parent every move is tried. */
const MOST = 12;

/** The children of each element that has some. */
function* families({ below }: Spans): Generator<readonly Span[]> {
  if (below.length > 1) yield below.map(({ span }) => span);
  for (const one of below) yield* families(one);
}

export const elementMoved: Change = {
  cause: 'element-moved',
  sentence: 'elements were put in another order after the message was signed',
  why: 'A data binding writes the elements in the order of its own classes, not in that of the signed message.',
  rule: 'XML Signature §4.4.3: the order of elements counts',
  remedy: 'let the order be settled before the message is signed',
  *undo(tokens) {
    const spans = spansOf(tokens);
    if (!spans) return;
    for (const all of families(spans)) {
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
