// Somebody laid the message out in another way than it was signed in.

import type { Change } from '../hypothesis.ts';
import { reworded } from '../octets/tokens.ts';
import { bare, layouts } from './layouts.ts';

export const whitespaceChanged: Change = {
  cause: 'whitespace-changed',
  sentence:
    'white space between elements was changed after the message was signed (other indentation, tabs for blanks)',
  why: 'Something behind the signer lays the message out in its own way: other indentation, tabs for blanks, lines wrapped anew.',
  rule: 'XML Signature §4.4.3; Canonical XML §1.1: white space in content counts',
  remedy: 'send the octets that were signed: no tool behind the signer may indent the message',
  *undo(tokens) {
    const plain = bare(tokens);
    if (plain.length === tokens.length) return;
    yield* layouts(plain);
    for (const [now, before] of [
      ['\t', '  '],
      ['\t', '    '],
      ['    ', '\t'],
      ['  ', '\t'],
    ] as const)
      yield reworded(tokens, (text) => text.replaceAll(now, before));
  },
};
