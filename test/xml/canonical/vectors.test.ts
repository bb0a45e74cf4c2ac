// The canonical form of every vector, byte for byte.

import assert from 'node:assert/strict';
import { productOctets } from './octets.ts';
import { vectors } from './vectors.ts';

describe('canonicalization vectors', () => {
  for (const { title, input, apex, form, octets } of vectors)
    it(title, () => {
      assert.equal(productOctets(input, apex, form), octets);
    });

  it('are all there', () => {
    assert.equal(vectors.length, 68);
  });
});
