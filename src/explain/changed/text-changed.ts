// One value was written otherwise after it was signed: trimmed, or formatted anew.

import type { Change } from '../hypothesis.ts';
import { replaced, type Text, type Token, type Tokens } from '../octets/tokens.ts';
import { spellings } from './spellings.ts';

/** An instant without a fraction; where one was cut off, it had milliseconds. */
const SECOND = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z?)$/;
/** The instants of a Timestamp: they are made together, and nearly always have the same milliseconds. */
const INSTANT = /^(?:[^:]+:)?(?:Created|Expires)$/;

/** The instants of a Timestamp with the milliseconds that somebody cut off. */
function* withMilliseconds(tokens: Tokens): Generator<Tokens> {
  const instants = tokens.flatMap((token, index) => {
    const tag = tokens[index - 1];
    const cut = token.kind === 'text' && tag?.kind === 'start' && INSTANT.test(tag.name);
    return cut && SECOND.test(token.text) ? [index] : [];
  });
  for (const cut of instants.length > 1 ? [instants, ...instants.map((one) => [one])] : [instants]) {
    if (cut.length === 0) return;
    for (let fraction = 0; fraction < 1000; fraction += 1) {
      const digits = String(fraction).padStart(3, '0');
      yield tokens.map(
        (token, index): Token =>
          token.kind === 'text' && cut.includes(index)
            ? { kind: 'text', text: token.text.replace(SECOND, `$1.${digits}$2`) }
            : token,
      );
    }
  }
}

export const textChanged: Change = {
  cause: 'text-changed',
  sentence:
    'a value was written otherwise after it was signed (trimmed, an instant or a number formatted anew, escaped once more)',
  why: 'A value is trimmed, rounded or formatted anew between signing and sending, often by a mapping or a data binding.',
  rule: 'XML Signature §4.4.3: every character of the content counts',
  remedy:
    'let the client write the value as it is to be sent before it signs, and nothing rewrite it afterwards',
  *undo(tokens) {
    for (const [index, token] of tokens.entries()) {
      if (token.kind !== 'text' || token.text.trim() === '') continue;
      for (const text of spellings(token.text)) {
        const former: Text = { kind: 'text', text };
        if (text !== token.text) yield replaced(tokens, index, former);
      }
    }
    yield* withMilliseconds(tokens);
  },
};
