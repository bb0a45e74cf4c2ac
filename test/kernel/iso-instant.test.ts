// Instants are written as the platform writes them.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isoInstant } from '../../src/kernel/iso-instant.ts';

/** The last instant that ECMAScript has. */
const LAST = 8.64e15;

describe('an instant as ISO 8601 has it', () => {
  it('is the text that the platform makes of it', () => {
    const instant = fc.oneof(
      fc.integer({ min: -LAST, max: LAST }),
      fc.double({ min: -1e13, max: 1e13, noNaN: true }),
      fc.constantFrom(0, -1, -0.5, 86_399_999, 86_400_000, -86_400_000, LAST, -LAST),
    );
    fc.assert(
      fc.property(instant, (at) => assert.equal(isoInstant(at), new Date(at).toISOString())),
      { numRuns: 2000 },
    );
  });

  it('is none beyond the calendar', () => {
    for (const at of [LAST + 86_400_000, -LAST - 1, Number.NaN, Number.POSITIVE_INFINITY])
      assert.throws(() => isoInstant(at), RangeError);
  });

  it('is right for more days than are remembered', () => {
    for (let day = 0; day < 25_000; day += 1)
      assert.equal(isoInstant(day * 86_400_000 + day), new Date(day * 86_400_000 + day).toISOString());
  });
});
