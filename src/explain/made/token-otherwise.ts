// What an STR-Transform stands for was put together otherwise.

import type { Making } from '../hypothesis.ts';

export const tokenOtherwise: Making = {
  cause: 'str-transform-otherwise',
  sentence:
    'the digest of the STR-Transform is of the token without its xmlns="", or of the SecurityTokenReference itself',
  why: 'Stacks read WSS 1.1 §8.3 in two ways: whether the token that takes the place of its reference carries xmlns="".',
  rule: 'WSS 1.1 §8.3',
  remedy: 'sign the token by its own Id, or replace the reference by the token as WSS 1.1 §8.3 says',
  *octets({ reference, ofElement }) {
    if (!reference?.dereferenced) return;
    for (const element of [reference.token, reference.target]) {
      const octets = element && ofElement(element);
      if (octets) yield octets;
    }
  },
};
