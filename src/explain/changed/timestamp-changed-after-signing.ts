// The Timestamp was written anew for sending, after it was signed.

import type { Change } from '../hypothesis.ts';
import { replaced, type Text, type Tokens } from '../octets/tokens.ts';

/** How long before it was sent a message may have been signed, in seconds. */
const LONGEST = 900;

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

/** An instant in the same spelling. */
const spelled = (like: Tokens[number] | undefined, instant: number): Text => {
  const iso = new Date(instant).toISOString();
  const fraction = like?.kind === 'text' && like.text.includes('.');
  return { kind: 'text', text: fraction ? iso : iso.replace(/\.\d+/, '') };
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
    for (let second = 1; second <= LONGEST; second += 1) {
      for (const shift of [-second * 1000, second * 1000]) {
        const moved = replaced(tokens, created[0], spelled(tokens[created[0]], created[1] + shift));
        yield moved;
        if (expires) yield replaced(moved, expires[0], spelled(tokens[expires[0]], expires[1] + shift));
      }
    }
  },
};
