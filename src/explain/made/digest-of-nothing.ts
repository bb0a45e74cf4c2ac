// The signer hashed nothing.

import type { Making } from '../hypothesis.ts';

export const digestOfNothing: Making = {
  cause: 'digest-of-nothing',
  sentence: 'the digest is that of no octets at all: the signer did not find the element',
  why: 'The signer looks for the element, finds none, and hashes the empty result.',
  rule: 'XML Signature §4.4.3.2',
  remedy: 'let the signer find the element by its Id before it hashes: it hashed an empty result',
  stacks: { PHP: 'DOMXPath::query("//Body") finds nothing: write a prefix, and register its namespace' },
  octets: () => [Buffer.alloc(0)],
};
