// The signer hashed what stands inside of the element.

import { children } from '../../xml/tree.ts';
import type { Making } from '../hypothesis.ts';

export const digestOfContent: Making = {
  cause: 'digest-of-content',
  sentence: 'the digest is of what stands inside of the element, without the element itself',
  why: 'The signer hashes what is inside the element, without its own tags.',
  rule: 'XML Signature §4.4.3.2: a reference by Id is of the element with its tags',
  remedy: 'hash the element with its own start and end tag',
  *octets({ element, octets, ofElement }) {
    const text = octets.toString('utf8');
    const inside = text.slice(text.indexOf('>') + 1, text.lastIndexOf('</'));
    yield Buffer.from(inside);
    yield Buffer.from(inside.trim());
    const parts = children(element).map(ofElement);
    if (parts.every((part) => part !== undefined)) yield Buffer.concat(parts);
  },
};
