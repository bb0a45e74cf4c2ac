// The Timestamp was written anew for sending, after it was signed.

import type { Change } from '../hypothesis.ts';
import { replaced, type Text, type Tokens } from '../octets/tokens.ts';

/** How long before it was sent a message may have been signed, in milliseconds: tried second by second. */
const LONGEST = 900_000;
/** Where the client makes the Timestamp once more, it does so at once: tried millisecond by millisecond. */
const AT_ONCE = 5_000;

const instantAt = (tokens: Tokens, name: string): readonly [index: number, instant: number] | undefined => {
  const index = tokens.findIndex(
    (token, at) =>
      token.kind === 'text' &&
      tokens[at - 1]?.kind === 'start' &&
      (tokens[at - 1] as { name: string }).name.replace(/^.*:/, '') === name,
  );
  const token = tokens[index];
  if (token?.kind !== 'text') return undefined;
  const instant = Date.parse(token.text);
  return Number.isNaN(instant) ? undefined : [index, instant];
};

const isWithFraction = (token: Tokens[number] | undefined): boolean =>
  token?.kind === 'text' && token.text.includes('.');

/** An instant in the same spelling. */
const spelled = (like: Tokens[number] | undefined, instant: number): Text => {
  const iso = new Date(instant).toISOString();
  return { kind: 'text', text: isWithFraction(like) ? iso : iso.replace(/\.\d+/, '') };
};

export const timestampChanged: Change = {
  cause: 'timestamp-changed-after-signing',
  sentence: 'the Timestamp was written anew after the message was signed',
  why: 'The Timestamp is made anew for each sending, while the signature is kept; or a data binding writes it with other fractions of a second.',
  rule: 'WSS 1.1 §10: the signature covers the Timestamp; what is sent is what was signed',
  remedy: 'let the client make the Timestamp first and sign last; a repeated message is signed again',
  *undo(tokens) {
    const [created, expires] = [instantAt(tokens, 'Created'), instantAt(tokens, 'Expires')];
    if (!created) return;
    const fraction = isWithFraction(tokens[created[0]]);
    for (let shift = fraction ? 1 : 1000; shift <= LONGEST; shift += fraction && shift < AT_ONCE ? 1 : 1000) {
      for (const by of [-shift, shift]) {
        const moved = replaced(tokens, created[0], spelled(tokens[created[0]], created[1] + by));
        yield moved;
        if (expires) yield replaced(moved, expires[0], spelled(tokens[expires[0]], expires[1] + by));
      }
    }
  },
};
