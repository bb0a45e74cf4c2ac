// The signer hashed the text of the element alone.

import type { Making } from '../hypothesis.ts';

export const digestOfText: Making = {
  cause: 'digest-of-text',
  sentence: 'the digest is of the text alone, without any tags',
  why: 'The signer hashes the text in the element, without any tags.',
  rule: 'XML Signature §4.4.3.2: the digest is of the canonical octets, tags included',
  remedy: 'canonicalize the element and hash that, not its text content',
  *octets({ element: { content } }) {
    yield Buffer.from(content);
    yield Buffer.from(content.trim());
    yield Buffer.from(content.replace(/\s+/g, ''));
  },
};
