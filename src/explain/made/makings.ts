// The octets that a digest may have been made over instead, of a message that nobody changed.

import type { Making } from '../hypothesis.ts';
import { digestOfContent } from './digest-of-content.ts';
import { digestOfDocument } from './digest-of-document.ts';
import { digestOfNothing } from './digest-of-nothing.ts';
import { digestOfOtherElement } from './digest-of-other-element.ts';
import { digestOfOtherEncoding } from './digest-of-other-encoding.ts';
import { digestOfRawText } from './digest-of-raw-text.ts';
import { digestOfText } from './digest-of-text.ts';
import {
  commentCounted,
  exclusiveLabelledInclusive,
  inclusiveLabelledExclusive,
  prefixListUsedNotWritten,
  prefixListWrittenNotUsed,
  transformsMissing,
} from './forms.ts';
import { tokenOtherwise } from './token-otherwise.ts';

/** Other canonical forms of the same element; what was changed may have been signed by one of these too. */
export const forms: readonly Making[] = [
  transformsMissing,
  inclusiveLabelledExclusive,
  exclusiveLabelledInclusive,
  prefixListWrittenNotUsed,
  prefixListUsedNotWritten,
  commentCounted,
];

export const makings: readonly Making[] = [
  tokenOtherwise,
  digestOfOtherEncoding,
  digestOfContent,
  digestOfRawText,
  digestOfText,
  digestOfNothing,
];

/** Those for which many octets have to be made. */
export const costly: readonly Making[] = [digestOfDocument, digestOfOtherElement];
