// The signer hashed the whole message.

import type { Making } from '../hypothesis.ts';

export const digestOfDocument: Making = {
  cause: 'digest-of-document',
  sentence: 'the digest is of the whole document, not of the element that the Reference names',
  rule: 'XML Signature §4.4.3.2: URI="#…" names one element',
  remedy: 'look the element up by its Id and hash that',
  *octets({ element, message, ofElement }) {
    let root = element;
    while (root.parent) root = root.parent;
    const whole = ofElement(root);
    if (whole) yield whole;
    yield message;
  },
};
