// The ways in which tools lay XML out.

import { isLayout, type Token, type Tokens } from '../octets/tokens.ts';

const UNITS = ['  ', '    ', '\t', ' ', ''];
/** How deep an element that is signed may stand in its envelope. */
const DEEPEST = 5;

/** @param outermost whether the outermost element is laid out too, or only what stands in it */
const laidOut = (tokens: Tokens, unit: string, from: number, outermost: boolean): Token[] => {
  const result: Token[] = [];
  let depth = from;
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    // Text and the tags around it stay together.
    const breaks =
      before !== undefined &&
      token.kind !== 'text' &&
      before.kind !== 'text' &&
      !(before.kind === 'start' && token.kind === 'end');
    if (token.kind === 'end') depth -= 1;
    if (breaks && (outermost || (index > 1 && index < tokens.length - 1)))
      result.push({ kind: 'text', text: `\n${unit.repeat(Math.max(0, depth))}` });
    if (token.kind === 'start') depth += 1;
    result.push(token);
  }
  return result;
};

/** The tokens without layout. */
export const bare = (tokens: Tokens): Token[] => tokens.filter((_, index) => !isLayout(tokens, index));

/** The tokens, which have no layout, in each of the usual ones. */
export function* layouts(tokens: Tokens): Generator<Token[]> {
  for (const unit of UNITS) {
    for (let depth = 0; depth <= (unit === '' ? 0 : DEEPEST); depth += 1) {
      yield laidOut(tokens, unit, depth, true);
      // A payload of its own, put into an envelope that has none: the depth counts from the payload.
      yield laidOut(tokens, unit, depth - 1, false);
    }
  }
}
