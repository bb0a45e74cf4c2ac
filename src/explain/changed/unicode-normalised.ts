// Letters with marks were put together, or taken apart.

import type { Change } from '../hypothesis.ts';
import { reworded } from '../octets/tokens.ts';

export const unicodeNormalised: Change = {
  cause: 'unicode-normalised',
  sentence:
    'letters with marks were composed or decomposed after the message was signed (å as one character or as two)',
  why: 'A file system, a database or a text library turns å of one character into a and a ring, or back.',
  rule: 'Canonical XML §1.1: no normalisation of characters',
  remedy: 'bring the text into one form, NFC, before the message is signed',
  *undo(tokens) {
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const)
      yield reworded(tokens, (text) => text.normalize(form));
  },
};
