// Somebody took the layout out of a message that was signed with it.

import type { Change } from '../hypothesis.ts';
import { bare, layouts } from './layouts.ts';

export const whitespaceRemoved: Change = {
  cause: 'whitespace-removed',
  sentence: 'white space between elements was removed after the message was signed',
  why: 'A parser that drops white space between elements reads the signed message, and what it has read is sent.',
  rule: 'XML Signature §4.4.3; Canonical XML §1.1: white space in content counts',
  remedy:
    'sign the message as it is sent: write it without layout before it is signed, or keep its layout afterwards',
  stacks: {
    PHP: 'set DOMDocument::preserveWhiteSpace before the message is loaded, and the same for signing and sending',
    zeep: 'parse with remove_blank_text=True before the message is signed, not afterwards',
    WCF: 'set XmlDocument.PreserveWhitespace = true before Load',
  },
  undo: (tokens) => (bare(tokens).length === tokens.length ? layouts(tokens) : []),
};
