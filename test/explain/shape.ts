// An explanation has every member, in the one order, and nothing besides.

import assert from 'node:assert/strict';
import { type Explained, explanation } from '../../src/explain/explained.ts';

/** @throws AssertionError, or ZodError where a member is missing or of another type */
export const assertDocument = (explained: Explained): void => {
  assert.equal(JSON.stringify(explanation.parse(explained), null, 1), JSON.stringify(explained, null, 1));
};
