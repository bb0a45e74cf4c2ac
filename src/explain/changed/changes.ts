// What may have been changed after signing, in the order in which it is tried: the common first, the costly last.

import type { Change } from '../hypothesis.ts';
import { attributeAdded } from './attribute-added.ts';
import { attributeChanged } from './attribute-changed.ts';
import { attributeRemoved } from './attribute-removed.ts';
import { commentAdded } from './comment-added.ts';
import { elementAdded } from './element-added.ts';
import { elementMoved } from './element-moved.ts';
import { elementRenamed } from './element-renamed.ts';
import { encodingChanged } from './encoding-changed.ts';
import { idSetAfterDigest } from './id-set-after-digest.ts';
import { lineEndingsChanged } from './line-endings-changed.ts';
import { namespaceDeclarationMoved } from './namespace-declaration-moved.ts';
import { prefixChanged } from './prefix-changed.ts';
import { textChanged } from './text-changed.ts';
import { timestampChanged } from './timestamp-changed-after-signing.ts';
import { unicodeNormalised } from './unicode-normalised.ts';
import { whitespaceAdded } from './whitespace-added.ts';
import { whitespaceChanged } from './whitespace-changed.ts';
import { whitespaceRemoved } from './whitespace-removed.ts';

/** Those that tools do to whole messages, and that have few outcomes. */
export const few: readonly Change[] = [
  whitespaceAdded,
  lineEndingsChanged,
  encodingChanged,
  unicodeNormalised,
];

/** Those beside which anything else may have been changed. */
export const besideAll: readonly Change[] = [whitespaceAdded, encodingChanged];

/** Those that tools do beside each other. */
export const common: readonly Change[] = [
  ...few,
  idSetAfterDigest,
  whitespaceRemoved,
  namespaceDeclarationMoved,
];

export const changes: readonly Change[] = [
  ...common,
  whitespaceChanged,
  textChanged,
  attributeAdded,
  commentAdded,
  elementAdded,
  prefixChanged,
  elementRenamed,
  attributeChanged,
  attributeRemoved,
  elementMoved,
  timestampChanged,
];
